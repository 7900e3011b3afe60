import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `ReversibleEmbedding`: the row of a table for each index or, called with `reverse`, the scores of all rows for a vector.
///
/// Weights: embeddings `(input_dim, output_dim)`, and `(output_dim, input_dim)` for the way back unless it uses the same.
struct ReversibleEmbeddingLayer: KerasLayer {
    static let classNames = ["ReversibleEmbedding"]

    static let support = LayerSupport(.keras3 ... .keras3)

    let embedding: EmbeddingLayer
    let tiesWeights: Bool
    let softCap: Double?

    init(config: LayerConfig, context: LayerContext) throws {
        embedding = try EmbeddingLayer(config: config, context: context)
        tiesWeights = try config.bool("tie_weights", default: true)
        softCap = try config.optionalDouble("logit_soft_cap")
    }

    var acceptsIntegers: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let back = WeightSpec(
            "reverse_embeddings", dims: [embedding.dimension, embedding.vocabularySize])
        return try embedding.weightSpecs(for: inputs) + (tiesWeights ? [] : [back])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard call.flag("reverse") else { return try embedding.build(call, in: builder) }
        let own = call.weights["reverse_embeddings"]?.permuted([1, 0])
        let table = try own ?? call.weight("embeddings")
        let x = try builder.floating(call.onlyInput())
        let scores = try builder.add(
            .fullyConnected(FullyConnected()),
            [x, builder.constant(table, role: "reverse_embeddings")])
        guard let softCap else { return [scores] }
        let bent = try builder.unary(.tanh, builder.binary(.multiply, scores, 1 / softCap))
        return [try builder.binary(.multiply, bent, softCap)]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        call.flag("reverse") ? nil : try embedding.outputMask(call, in: builder)
    }
}
