import GraphIR
import Problems
import Tensors

/// What a layer's `activation` field asks for: a function by name or an activation layer with its own configuration.
enum LayerActivation: Sendable {
    case function(ActivationFunction)
    case layer(any KerasLayer)

    /// The activation of x.
    func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        switch self {
        case .function(let function):
            return try function.apply(to: x, in: builder)
        case .layer(let layer):
            let type = TensorType(builder.dtype(of: x), builder.shape(of: x))
            guard try layer.weightSpecs(for: [type]).isEmpty else {
                throw Problem(
                    .unsupported(
                        what: "an activation with weights inside another layer",
                        remedy: "Use it as a layer of its own."))
            }
            return try layer.build(CallContext(inputs: [x]), in: builder).only()
        }
    }
}
