import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PositionEmbedding` of keras-pos-embd: a learned vector for each position.
///
/// Weights: embeddings `(input_dim, output_dim)`; `(2 · input_dim + 1, output_dim)` with the mode `expand`, whose inputs are
/// positions from −input_dim to input_dim.
struct PosEmbdLayer: CompositeLayer {
    static let classNames = ["PositionEmbedding"]

    static let support = LayerSupport(package: "keras-pos-embd", .keras2 ... .keras2, "all modes")

    let context: LayerContext
    private let mode: PosEmbdMode
    private let count: Int
    private let size: Int

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        mode = try PosEmbdMode(config: config)
        count = try config.int("input_dim", in: 1...1 << 30)
        size = try config.size("output_dim")
        guard mode != .expand || config["mask_zero"] == .bool(false) || !config.has("mask_zero")
        else {
            throw Problem(
                .unsupported(
                    what: "the option 'mask_zero' is not supported",
                    remedy: "Save the model with mask_zero=False."))
        }
    }

    var acceptsIntegers: Bool { mode == .expand }

    var passesMask: Bool { mode != .expand }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        let table = try call.weight(
            "embeddings", dims: [mode == .expand ? 2 * count + 1 : count, size], isTrainable: true)
        guard mode != .expand else {
            let limited = try builder.clamp(
                builder.cast(x, to: .int32), from: Double(-count), to: Double(count))
            let rows = try builder.binary(.add, limited, Double(count))
            return [try builder.add(.gather(Gather(axis: 0)), [table, rows])]
        }
        try builder.requireRank(x, 3)
        let rows = try builder.rows(of: table, first: 0, like: x, axis: 1)
        guard mode == .concat else { return [try builder.add(x, rows)] }
        let extents = [builder.extent(0, of: x), builder.extent(1, of: x), .known(size)]
        return [try builder.concatenate([x, builder.broadcast(rows, extents)], axis: 2)]
    }
}
