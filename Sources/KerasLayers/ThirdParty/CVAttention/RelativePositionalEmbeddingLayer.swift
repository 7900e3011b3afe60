import GraphIR
import KerasFormat
import Problems
import Tensors

/// `RelativePositionalEmbedding` of BotNet: for queries `[N, heads, H, W, D]` their products with vectors of rows and columns, summed
/// for each pair of positions, `[N, heads, H, W, position_height, position_width]`.
///
/// Weights: r_height `(D, 2 · position_height − 1)` and r_width `(D, 2 · position_width − 1)` of relative positions, or
/// `(D, position_height)` and `(D, position_width)` with `use_absolute_pos`.
struct RelativePositionalEmbeddingLayer: CompositeLayer {
    static let classNames = ["botnet>RelativePositionalEmbedding"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    let context: LayerContext
    private let height: Int
    private let width: Int
    private let isAbsolute: Bool
    private let isDynamic: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        height = try config.int("position_height", default: 0)
        let width = try config.int("position_width", default: 0)
        self.width = width > 0 ? width : height
        isAbsolute = try config.bool("use_absolute_pos", default: false)
        isDynamic = try config.bool("dynamic_shape", default: false)
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        try builder.requireRank(x, 5)
        let shape = builder.shape(of: x)
        let (heads, size) = (try shape.knownExtent(1), try shape.knownExtent(4))
        let (rows, columns) = (try shape.knownExtent(2), try shape.knownExtent(3))
        let (tall, wide) = (max(height, rows), max(width, columns))
        func kernel(_ role: String, _ extent: Int) throws -> ValueID {
            try call.weight(
                role, dims: [size, isAbsolute ? extent : 2 * extent - 1], isTrainable: true)
        }
        let (vertical, horizontal) = (try kernel("r_height", tall), try kernel("r_width", wide))
        let images = try builder.reshape(
            x, [.rest, .known(rows), .known(columns), .known(size)])
        var across = try call.scope.dense(images, kernel: horizontal, bias: nil)
        var down = try call.scope.dense(images, kernel: vertical, bias: nil)
        if !isAbsolute {
            across = try absolute(across, positions: wide, in: builder)
            down = try builder.transpose(
                absolute(builder.transpose(down, [0, 2, 1, 3]), positions: tall, in: builder),
                [0, 2, 1, 3])
        }
        let sum = try builder.add(
            builder.reshape(across, [.rest, .known(1), .known(wide)]),
            builder.reshape(down, [.rest, .known(tall), .known(1)]))
        let outer: [Extent] = [
            builder.extent(0, of: x), .known(heads), .known(rows), .known(columns),
        ]
        guard isDynamic, rows < tall || columns < wide else {
            return [try builder.reshape(sum, outer + [.known(tall), .known(wide)])]
        }
        let cut = try builder.slice(
            builder.slice(sum, axis: 1, from: 0, count: rows), axis: 2, from: 0, count: columns)
        return [try builder.reshape(cut, outer + [.known(rows), .known(columns)])]
    }

    /// Products with relative positions `[M, A, B, 2 · positions − 1]` as those with the positions themselves,
    /// `[M, A, B, positions]`: row b begins `B − 1 − b` elements later.
    private func absolute(
        _ x: ValueID, positions: Int, in builder: GraphBuilder
    ) throws -> ValueID {
        let shape = builder.shape(of: x)
        let (outer, inner, extent) = (shape[1], shape[2], shape[3])
        if positions == 1 { return x }
        if inner == 1 {
            return try builder.slice(x, axis: 3, from: extent - positions, count: positions)
        }
        let flat = try builder.reshape(x, [.rest, .known(outer), .known(inner * extent)])
        let cut = try builder.slice(
            flat, axis: 2, from: inner - 1, count: inner * (extent - 1))
        let rows = try builder.reshape(
            cut, [.rest, .known(outer), .known(inner), .known(extent - 1)])
        return try builder.slice(rows, axis: 3, from: positions - inner, count: positions)
    }
}
