import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `TimeDistributed`: a layer on every step of a sequence, all steps at once.
///
/// Weights: those of the layer. A wrapped model is built by the run, which knows its layers.
struct TimeDistributedLayer: KerasLayer {
    static let classNames = ["TimeDistributed"]

    static let support = LayerSupport(.keras1 ... .keras3, "around layers and models")

    private let layer: any KerasLayer
    /// Whether the mask is handed on as it came, whatever the layer does to masks.
    private let keepsMask: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.wrappedLayer("layer")
        keepsMask = context.version.timeDistributedKeepsMask
    }

    var acceptsIntegers: Bool { layer.acceptsIntegers }

    var keras1Storage: Keras1Storage { layer.keras1Storage }

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
        if layer.actsOnLastAxis {
            var inner = call
            inner.masks = call.inputs.map { _ in nil }
            return try layer.build(inner, in: builder)
        }
        let sequence = try sequence(of: call, builder)
        return try layer.build(folded(call, in: builder), in: builder).map {
            try builder.unfoldTime($0, like: sequence)
        }
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        let mask = call.masks.first ?? nil
        guard !keepsMask, !layer.actsOnLastAxis else { return mask }
        return try builder.maskOfSteps(
            layer.outputMask(folded(call, in: builder), in: builder), given: mask,
            like: sequence(of: call, builder))
    }

    private func sequence(of call: CallContext, _ builder: GraphBuilder) throws -> ValueID {
        guard let x = call.inputs.first, builder.shape(of: x).rank >= 2 else {
            throw Problem(.invalidShape("the input has no steps"))
        }
        return x
    }

    /// The call of the layer on all steps at once.
    private func folded(_ call: CallContext, in builder: GraphBuilder) throws -> CallContext {
        var inner = call
        inner.inputs = try call.inputs.map { try builder.foldTime($0) }
        inner.masks = try call.masks.map { try builder.maskWithinSteps($0) }
        inner.keywords["mask"] = nil
        return inner
    }
}
