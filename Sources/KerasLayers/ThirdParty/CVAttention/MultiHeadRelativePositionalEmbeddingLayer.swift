import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `MultiHeadRelativePositionalEmbedding`: attention scores `[N, heads, T, S]` plus a bias for each relative position.
///
/// Weights: positional_embedding `(heads, distances)`, with three more places for a class token: to others, from others, to
/// itself.
struct MultiHeadRelativePositionalEmbeddingLayer: KerasLayer {
    static let classNames = ["beit>MultiHeadRelativePositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let hasClassToken: Bool
    private let height: Int
    private let heads: Int

    init(config: LayerConfig, context: LayerContext) throws {
        hasClassToken = try config.bool("with_cls_token", default: true)
        height = try config.int("attn_height", default: -1)
        heads = try config.int("num_heads", default: -1)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let (rows, columns) = try rectangle(shape)
        let count = (2 * rows - 1) * (2 * columns - 1) + (hasClassToken ? 3 : 0)
        return [
            WeightSpec(
                "positional_embedding",
                dims: [heads == -1 ? try shape.knownExtent(1) : heads, count])
        ]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let table = try call.weight("positional_embedding")
        let bias = RelativePositionBias.bias(
            table, at: try places(builder.shape(of: x), count: table.shape[1]))
        return [try builder.add(x, builder.constant(bias, role: "positional_embedding"))]
    }

    private func rectangle(_ shape: Shape) throws -> (height: Int, width: Int) {
        guard shape.rank == 4 else {
            throw Problem(.invalidShape("scores of shape \(shape), expected rank 4"))
        }
        let count = try shape.knownExtent(2) - (hasClassToken ? 1 : 0)
        let rows = height == -1 ? Int(Double(max(count, 0)).squareRoot()) : height
        guard rows > 0, count / rows > 0, try shape.knownExtent(3) <= rows * (count / rows) + 1
        else { throw Problem(.invalidShape("scores of shape \(shape)")) }
        return (rows, count / rows)
    }

    /// The place in the table for each query and key.
    private func places(_ shape: Shape, count: Int) throws -> [[Int]] {
        let (rows, columns) = try rectangle(shape)
        let (queries, keys) = (try shape.knownExtent(2), try shape.knownExtent(3))
        let positions = try checkedProduct(rows, columns, "the positions")
        try checkList(
            checkedProduct(positions, positions, "the pairs of positions"),
            "the pairs of positions")
        var places = RelativePositionBias.places(height: rows, width: columns)
        if keys != queries {
            let kept = keys - (hasClassToken ? 1 : 0)
            places = places.map { Array($0.suffix(kept)) }
        }
        if hasClassToken {
            let width = places.first?.count ?? 0
            places =
                [[count - 1] + [Int](repeating: count - 3, count: width)]
                + places.map { [count - 2] + $0 }
        }
        guard places.count >= queries, places.allSatisfy({ $0.count >= keys }) else {
            throw Problem(.invalidShape("scores of shape \(shape)"))
        }
        return places.prefix(queries).map { Array($0.prefix(keys)) }
    }
}
