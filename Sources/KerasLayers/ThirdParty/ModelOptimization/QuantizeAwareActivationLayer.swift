import GraphIR
import KerasFormat

/// `QuantizeAwareActivation`: the activation around which training rounded numbers; `NoOpActivation`: none.
struct QuantizeAwareActivationLayer: KerasLayer {
    static let classNames = ["QuantizeAwareActivation", "NoOpActivation"]

    static let support = LayerSupport(
        package: "tensorflow-model-optimization", .keras2 ... .keras2,
        "the activation of a layer inside a quantization wrapper")

    private let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        activation = try config.activation(context)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try activation.apply(to: call.onlyInput(), in: builder)]
    }
}
