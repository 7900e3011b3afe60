import GraphIR
import KerasFormat

/// `Activation`: a function by name.
struct ActivationLayer: KerasLayer {
    static let classNames = ["Activation"]

    static let support = LayerSupport(.keras1 ... .keras3, "all activations below")

    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        activation = try config.activation(context)
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try activation.apply(to: call.onlyInput(), in: builder)]
    }
}
