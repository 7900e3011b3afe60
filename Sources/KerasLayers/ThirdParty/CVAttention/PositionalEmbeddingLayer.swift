import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `PositionalEmbedding`: x plus an array of the extents of a sample.
///
/// Weights: positional_embedding `(1, …)`.
struct PositionalEmbeddingLayer: KerasLayer {
    static let classNames = ["volo>PositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    init(config: LayerConfig, context: LayerContext) throws {}

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let dims = try (1..<max(shape.rank, 1)).map { try shape.knownExtent($0) }
        return [WeightSpec("positional_embedding", dims: [1] + dims)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let table = try builder.constant(
            call.weight("positional_embedding"), role: "positional_embedding")
        return [try builder.add(call.onlyInput(), table)]
    }
}
