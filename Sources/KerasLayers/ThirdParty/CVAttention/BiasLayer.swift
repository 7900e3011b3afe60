import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `BiasLayer` and `BiasPositionalEmbedding`: x + bias along some axes.
///
/// Weights, of the extents of the axes: bias.
struct BiasLayer: KerasLayer {
    static let classNames = ["volo>BiasLayer", "kecam/cmt>BiasPositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let axes: AxisParameters
    private let isPosition: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        isPosition = context.className == "BiasPositionalEmbedding"
        axes = try AxisParameters(config: config, default: isPosition ? [1, 2, 3] : [-1])
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let dims = try axes.dims(for: inputs.only().shape, keepsBatch: !isPosition)
        return [WeightSpec(isPosition ? "positional_embedding" : "bias", dims: dims)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let bias = builder.constant(call.weights.constants[0], role: "bias")
        return [try builder.add(call.onlyInput(), bias)]
    }
}
