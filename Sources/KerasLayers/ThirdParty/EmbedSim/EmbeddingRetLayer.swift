import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `EmbeddingRet` of keras-embed-sim, and `TokenEmbedding` of keras-bert: an `Embedding` that returns its table, too.
///
/// Weights: embeddings `(input_dim, output_dim)`.
struct EmbeddingRetLayer: KerasLayer {
    static let classNames = ["EmbeddingRet", "TokenEmbedding"]

    static let support = LayerSupport(
        package: "keras-embed-sim", .keras2 ... .keras2, "`TokenEmbedding` is in keras-bert")

    private let layer: EmbeddingLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try EmbeddingLayer(config: config, context: context)
    }

    var acceptsIntegers: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try layer.weightSpecs(for: inputs)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let table = try builder.constant(call.weight("embeddings"), role: "embeddings")
        return try layer.build(call, in: builder) + [table]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        try layer.outputMask(call, in: builder)
    }
}
