import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `SpectralNormalization`: the wrapped layer; its stored kernel is the one that inference uses.
///
/// Weights: those of the wrapped layer, then the vector of the power iteration. Keras 3 brings the result to the type of the
/// input, so that embeddings of integers are cut to integers.
struct SpectralNormalizationLayer: KerasLayer {
    static let classNames = ["SpectralNormalization"]

    static let support = LayerSupport(.keras2 ... .keras3, "with the stored kernel")

    let layer: any KerasLayer
    let keepsInputType: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.wrappedLayer("layer")
        keepsInputType = context.version.keepsIntegers
    }

    var acceptsIntegers: Bool { layer.acceptsIntegers }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let inner = try layer.weightSpecs(for: inputs)
        let filters = inner.first?.shape.dims.last ?? 1
        return inner + [WeightSpec("vector_u", dims: [1, filters], isTrainable: false)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        var inner = call
        inner.weights = call.weights[..<(call.weights.constants.count - 1)]
        let outputs = try layer.build(inner, in: builder)
        guard keepsInputType, let x = call.inputs.first, builder.dtype(of: x).isInteger else {
            return outputs
        }
        return try outputs.map { try builder.cast($0, to: builder.dtype(of: x)) }
    }
}
