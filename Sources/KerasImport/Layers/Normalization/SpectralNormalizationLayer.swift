import GraphIR
import Tensors

/// `SpectralNormalization`: the wrapped layer; its stored kernel is the one that inference uses.
///
/// Weights: those of the wrapped layer, then the vector of the power iteration.
struct SpectralNormalizationLayer: KerasLayer {
    static let classNames = ["SpectralNormalization"]

    static let support = LayerSupport(.keras2 ... .keras3, "with the stored kernel")

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.wrappedLayer("layer")
    }

    var acceptsIntegers: Bool { layer.acceptsIntegers }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let inner = try layer.weightSpecs(for: inputs)
        let filters = inner.first?.shape.dims.last ?? 1
        return inner + [WeightSpec("vector_u", dims: [1, filters], isTrainable: false)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var inner = call
        inner.weights = Array(call.weights.dropLast())
        return try layer.build(inner, in: builder)
    }
}
