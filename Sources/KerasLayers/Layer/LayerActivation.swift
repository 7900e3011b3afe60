import GraphIR
import KerasFunctions
import Problems
import Tensors

/// What a layer's `activation` field asks for: a function by name or an activation layer with its own configuration.
enum LayerActivation: Sendable {
    case function(KerasActivation)
    case layer(any KerasLayer)
    /// A function of another package.
    case package(PackageActivation)
    /// A function of the caller's own.
    case custom(CustomObjects.Activation, LayerContext)
    /// A function in Python.
    case lambda(LambdaBody)

    /// Whether each element of the result depends on one element of x alone, in any layout.
    var isElementwise: Bool {
        switch self {
        case .function(.softmax), .function(.logSoftmax), .function(.glu), .function(.sparsemax),
            .layer, .package, .custom, .lambda:
            false
        case .function: true
        }
    }

    /// The activation of what `body` makes of x, `body` working channels last and x having any format.
    ///
    /// A function along an axis sees the layer's own format.
    func apply(
        to x: ValueID, _ format: DataFormat, in builder: GraphBuilder,
        after body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        guard isElementwise else {
            return try apply(to: builder.channelsLast(x, format, body), in: builder)
        }
        return try builder.channelsLast(x, format) { try apply(to: body($0), in: builder) }
    }

    /// The activation of x.
    func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        switch self {
        case .function(let function):
            return try function.apply(to: x, in: builder)
        case .package(let function):
            return try function.apply(to: x, in: builder)
        case .custom(let build, let context):
            return try build(x, LayerScope(builder: builder, context: context))
        case .lambda(let body):
            return try body.apply(to: .tensor(x), in: builder).only()
        case .layer(let layer):
            let type = TensorType(builder.dtype(of: x), builder.shape(of: x))
            guard try layer.weightSpecs(for: [type]).isEmpty else {
                throw Problem(
                    .unsupported(
                        what: "an activation with weights is not supported inside another layer",
                        remedy: "Use it as a layer of its own."))
            }
            return try layer.build(CallContext(inputs: [x]), in: builder).only()
        }
    }
}
