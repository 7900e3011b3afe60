import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `CachedMultiHeadAttention`: Keras' multi-head attention, which heeds only the mask that a call states.
struct CachedMultiHeadAttentionLayer: ForwardingLayer {
    static let classNames = KerasHubNames.names(of: "CachedMultiHeadAttention")

    static let support = LayerSupport(
        package: "keras-hub", .keras2 ... .keras3, "without a cache")

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.layer(
            .object(
                JSONObject([
                    ("class_name", .string("MultiHeadAttention")),
                    ("module", .string("keras.layers")), ("config", .object(config.object)),
                ])))
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.keywords["cache"]?.tensors.isEmpty ?? true else {
            throw Problem(
                .unsupported(
                    what: "a call with a cache is not supported",
                    remedy: "Save the model as it is called without a cache."))
        }
        var inner = call
        inner.masks = []
        return try layer.build(inner, in: builder)
    }
}
