import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `MultiHeadPositionalEmbedding`: attention scores `[N, heads, T, S]` plus a bias for the distance of query and key.
///
/// Weights: positional_embedding `(S, heads)`, or `(S)` for scores `[N, T, S]`.
struct MultiHeadPositionalEmbeddingLayer: KerasLayer {
    static let classNames = ["levit>MultiHeadPositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let queryHeight: Int
    private let keyHeight: Int

    init(config: LayerConfig, context: LayerContext) throws {
        queryHeight = try config.int("query_height", default: -1)
        keyHeight = try config.int("key_height", default: -1)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        guard shape.rank == 3 || shape.rank == 4 else {
            throw Problem(.invalidShape("scores of shape \(shape)"))
        }
        let heads = shape.rank == 4 ? [try shape.knownExtent(1)] : []
        return [WeightSpec("positional_embedding", dims: [try shape.knownExtent(-1)] + heads)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let places = try places(queries: shape.knownExtent(-2), keys: shape.knownExtent(-1))
        let stored = try call.weight("positional_embedding")
        let table =
            stored.shape.rank == 2
            ? stored.permuted([1, 0]) : stored.reshaped([1, stored.shape[0]])
        let bias = RelativePositionBias.bias(table, at: places)
        return [try builder.add(x, builder.constant(bias, role: "positional_embedding"))]
    }

    /// The place of the distance of each query and key; positions are numbered column by column.
    private func places(queries: Int, keys: Int) throws -> [[Int]] {
        let rows = queryHeight == -1 ? Int(Double(queries).squareRoot()) : queryHeight
        let step = Int((Double(keys) / Double(queries)).squareRoot().rounded(.up))
        var keyRows = keyHeight == -1 ? rows * step : keyHeight
        while keyHeight == -1, keyRows > 1, keys % keyRows != 0 { keyRows -= 1 }
        guard rows > 0, keyRows > 0, queries % rows == 0, keys % keyRows == 0 else {
            throw Problem(.invalidShape("\(queries) queries and \(keys) keys"))
        }
        try checkList(
            checkedProduct(queries, keys, "the pairs of positions"), "the pairs of positions")
        return try (0..<queries).map { query in
            try (0..<keys).map { key in
                let down = abs(key % keyRows - query % rows * step)
                let across = abs(key / keyRows - query / rows * step)
                let place = down + across * keyRows
                guard place < keys else {
                    throw Problem(.invalidShape("\(queries) queries and \(keys) keys"))
                }
                return place
            }
        }
    }
}
