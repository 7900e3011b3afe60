import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `PruneLowMagnitude`: the wrapped layer with the pruned elements of its kernels at zero.
///
/// Weights: those of the wrapped layer, a mask of the extents of each prunable weight with a threshold, and the number of the
/// training step. Each call multiplies the prunable weights by their masks.
struct PruneLowMagnitudeLayer: KerasLayer {
    static let classNames = ["PruneLowMagnitude"]

    static let support = LayerSupport(
        package: "tensorflow-model-optimization", .keras2 ... .keras2, "kernels times their masks")

    private let wrapped: OptimizedLayer

    init(config: LayerConfig, context: LayerContext) throws {
        wrapped = try OptimizedLayer(context)
    }

    var acceptsIntegers: Bool { wrapped.layer.acceptsIntegers }

    var passesMask: Bool { wrapped.layer.passesMask }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let specs = try wrapped.layer.weightSpecs(for: inputs)
        let masks = wrapped.indices(in: specs).flatMap { index in
            [
                WeightSpec("mask", specs[index].shape, isTrainable: false),
                WeightSpec("threshold", [], isTrainable: false),
            ]
        }
        return specs + masks + [WeightSpec("pruning_step", [], isTrainable: false)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try wrapped.layer.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        var arrays = Array(call.weights.constants.prefix(specs.count))
        for (position, index) in wrapped.indices(in: specs).enumerated() {
            let mask = call.weights.constants[specs.count + 2 * position].doubles()
            guard mask.contains(where: { $0 != 1 }) else { continue }
            let products = zip(arrays[index].doubles(), mask).map { $0 * $1 }
            arrays[index] = Constant(products, arrays[index].shape)
        }
        var inner = call
        inner.weights = LayerWeights(specs, arrays)
        return try wrapped.layer.build(inner, in: builder)
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try wrapped.layer.outputMask(call, in: builder)
    }
}
