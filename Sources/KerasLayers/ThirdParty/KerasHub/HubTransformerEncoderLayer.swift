import GraphIR
import KerasFormat
import Tensors

/// `TransformerEncoder`: self attention and a feed-forward part, each added to its input and normalized.
///
/// Weights: the attention, its norm, the norm of the feed-forward part, its dense layers.
struct HubTransformerEncoderLayer: CompositeLayer {
    static let classNames = KerasHubNames.names(of: "TransformerEncoder")

    static let support = LayerSupport(package: "keras-hub", .keras2 ... .keras3, "masks")

    static let parameters = ["inputs", "padding_mask", "attention_mask"]

    let context: LayerContext
    private let parts: HubTransformer

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        parts = try HubTransformer(config: config)
    }

    var passesMask: Bool { true }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (call.inputs[0], call.builder)
        try builder.requireRank(x, 3)
        let features = try builder.shape(of: x).knownExtent(-1)
        let attention = try parts.attention(
            "_self_attention_layer", "MultiHeadAttention", features: features, call)
        let attentionNorm = try parts.norm("_self_attention_layer_norm", call)
        let norm = try parts.norm("_feedforward_layer_norm", call)
        let dense = try parts.feedForward(features: features, call)
        let masks = try parts.masks(
            padding: input("padding_mask", of: call) ?? call.masks[x],
            attention: input("attention_mask", of: call), builder)
        let y = try parts.residual(x, attentionNorm, builder) {
            try attention($0, $0, keywords: masks)
        }
        return [try parts.residual(y, norm, builder) { try dense.narrow(dense.wide($0)) }]
    }
}
