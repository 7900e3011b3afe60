import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `Embedding`: the row of a table for each index; float indices lose their fraction.
///
/// Weights: embeddings `(input_dim, output_dim)`. With `mask_zero` the steps with index 0 are masked.
struct EmbeddingLayer: KerasLayer {
    static let classNames = ["Embedding"]

    static let support = LayerSupport(.keras1 ... .keras3, "with mask_zero")

    let vocabularySize: Int
    let dimension: Int
    let masksZero: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        vocabularySize = try config.size("input_dim")
        dimension = try config.size("output_dim")
        masksZero = try config.bool("mask_zero", default: false)
    }

    var acceptsIntegers: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("embeddings", dims: [vocabularySize, dimension], kind: .table)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let table = try builder.constant(call.weight("embeddings"), role: "embeddings")
        let indices = try builder.cast(call.onlyInput(), to: .int32)
        return [try builder.add(.gather(Gather(axis: 0)), [table, indices])]
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        masksZero ? try builder.binary(.notEqual, call.onlyInput(), 0) : nil
    }
}
