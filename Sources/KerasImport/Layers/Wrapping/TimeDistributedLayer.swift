import GraphIR
import Problems
import Tensors

/// `TimeDistributed`: a layer on every step of a sequence, all steps at once.
///
/// Weights: those of the layer. A wrapped model is built by the run, which knows its layers.
struct TimeDistributedLayer: KerasLayer {
    static let classNames = ["TimeDistributed"]

    static let support = LayerSupport(.keras1 ... .keras3, "around layers and models")

    private let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.wrappedLayer("layer")
    }

    var acceptsIntegers: Bool { layer.acceptsIntegers }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try layer.weightSpecs(
            for: inputs.map { input in
                guard input.shape.rank >= 2 else {
                    throw Problem(.invalidShape("the input \(input.shape) has no steps"))
                }
                return TensorType(input.dtype, Shape([1] + input.shape.dims.dropFirst(2)))
            })
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var inner = call
        inner.masks = call.inputs.map { _ in nil }
        if layer is DenseLayer { return try layer.build(inner, in: builder) }
        guard let shape = call.inputs.first.map({ builder.shape(of: $0) }), shape.rank >= 2 else {
            throw Problem(.invalidShape("the input has no steps"))
        }
        inner.inputs = try call.inputs.map { try builder.foldTime($0) }
        return try layer.build(inner, in: builder).map {
            try builder.unfoldTime($0, batch: shape[0], steps: shape[1])
        }
    }
}

extension LayerDescription {
    /// The model that a `TimeDistributed` applies to every step.
    var distributedModel: ModelDescription? {
        className == "TimeDistributed" ? wrapped("layer")?.model : nil
    }
}
