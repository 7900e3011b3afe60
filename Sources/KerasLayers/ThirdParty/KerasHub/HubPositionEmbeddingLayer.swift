import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PositionEmbedding`: a learned vector for each position, in the shape of the input `[N, …, steps, D]`.
///
/// Weights: position_embeddings `(sequence_length, D)`.
struct HubPositionEmbeddingLayer: CompositeLayer {
    static let classNames = KerasHubNames.names(of: "PositionEmbedding")

    static let support = LayerSupport(package: "keras-hub", .keras2 ... .keras3)

    let context: LayerContext
    private let length: Int

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        length = try config.size("sequence_length")
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        let shape = builder.shape(of: x)
        guard shape.rank >= 2 else { throw Problem(.invalidShape("an input of shape \(shape)")) }
        let first = try call.arguments.int("start_index", default: 0)
        let table = try call.weight(
            "position_embeddings", dims: [length, shape.knownExtent(-1)], isTrainable: true)
        let rows = try builder.rows(of: table, first: first, like: x, axis: shape.rank - 2)
        return [try builder.broadcast(rows, builder.extents(of: x))]
    }
}

extension GraphBuilder {
    /// As many rows of a table `[length, D]` as x has elements along an axis, from `first` on; if their number is free, the last
    /// row stands for those beyond the table.
    ///
    /// - Throws: `Problem.Kind.invalidShape` if the table is too short.
    func rows(of table: ValueID, first: Int, like x: ValueID, axis: Int) throws -> ValueID {
        let (count, length) = (shape(of: x)[axis], shape(of: table)[0])
        if count == Shape.free {
            var rows = try add(.positions(Positions(axis: axis)), [x])
            if first != 0 { rows = try binary(.add, rows, Double(first)) }
            let bounded = try binary(.minimum, rows, Double(length - 1))
            return try add(.gather(Gather(axis: 0)), [table, bounded])
        }
        guard first >= 0, first + count <= length else {
            throw Problem(
                .invalidShape("\(count) steps from \(first) on exceed the \(length) positions"))
        }
        return count == length ? table : try slice(table, axis: 0, from: first, count: count)
    }
}
