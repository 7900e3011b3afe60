import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `PositionalEncodingFourierRot`: pairs of neighbouring channels of patches `[N, …, patches, C]`, turned by angles that
/// follow from the row and the column of a patch.
///
/// Half of the channels of a head turn with the rows, the other half with the columns. A class token in front stays as it
/// is, register tokens at the end turn by a grid of their own.
struct FourierRotationLayer: KerasLayer {
    static let classNames = ["beit>PositionalEncodingFourierRot"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    /// The positions that the angles are made of.
    private struct Grid {
        var height: Int
        var width: Int
        /// The number of rows and columns that the angles are scaled to; not positive for none.
        var reference: Double
        var temperature: Double
    }

    private let classTokens: Int
    private let registers: Int
    private let height: Int
    private let heads: Int
    private let temperatures: (patches: Double, registers: Double)
    private let references: (patches: Double, registers: Double)

    init(config: LayerConfig, context: LayerContext) throws {
        classTokens = try config.bool("with_cls_token", default: true) ? 1 : 0
        registers = try config.int("num_reg_tokens", default: 0, in: 0...1 << 20)
        height = try config.int("attn_height", default: -1)
        heads = max(try config.int("num_heads", default: -1), 1)
        temperatures = (
            try config.double("temperature", default: 1e4),
            try config.double("reg_temperature", default: 100)
        )
        references = (
            try config.double("ref_feature_shape", default: 16),
            try config.double("reg_ref_feature_shape", default: 14)
        )
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let axis = shape.rank - 2
        guard axis >= 1 else { throw Problem(.invalidShape("an input of shape \(shape)")) }
        let (count, channels) = (try shape.knownExtent(-2), try shape.knownExtent(-1))
        let patches = count - classTokens - registers
        guard patches > 0, channels % (4 * heads) == 0 else {
            throw Problem(
                .invalidShape("the input \(shape) does not fit \(heads) heads and the tokens"))
        }
        let rows = height > 0 ? height : Int(Double(patches).squareRoot())
        let side = Int(Double(registers).squareRoot())
        var parts: [ValueID] = []
        if classTokens > 0 {
            parts.append(try builder.slice(x, axis: axis, from: 0, count: classTokens))
        }
        let grid = Grid(
            height: rows, width: patches / rows, reference: references.patches,
            temperature: temperatures.patches)
        let middle = try builder.slice(x, axis: axis, from: classTokens, count: patches)
        parts.append(try turned(middle, by: grid, in: builder))
        if registers > 0 {
            let last = try builder.slice(x, axis: axis, from: count - registers, count: registers)
            let grid = Grid(
                height: side, width: side, reference: references.registers,
                temperature: temperatures.registers)
            parts.append(try turned(last, by: grid, in: builder))
        }
        return [try builder.concatenate(parts, axis: axis)]
    }

    private func turned(
        _ x: ValueID, by grid: Grid, in builder: GraphBuilder
    ) throws -> ValueID {
        let shape = builder.shape(of: x)
        let channels = try shape.knownExtent(-1)
        let patches = try checkedProduct(grid.height, grid.width, "the patches")
        try checkList(checkedProduct(patches, channels, "the angles"), "the angles")
        let angles = angles(of: grid, channels: channels)
        guard angles.count == grid.height * grid.width * channels,
            grid.height * grid.width == shape[-2]
        else { throw Problem(.invalidShape("the patches of \(shape) are not a rectangle")) }
        func factors(_ function: (Double) -> Double, _ role: String) -> ValueID {
            builder.constant(
                Constant(angles.map(function), [grid.height * grid.width, channels]), role: role)
        }
        let extents = builder.extents(of: x)
        let pairs = try builder.reshape(
            x, Array(extents.dropLast()) + [.known(channels / 2), .known(2)])
        let last = shape.rank
        let left = try builder.slice(pairs, axis: last, from: 0, count: 1)
        let right = try builder.slice(pairs, axis: last, from: 1, count: 1)
        let crossed = try builder.reshape(
            builder.concatenate([builder.unary(.neg, right), left], axis: last), extents)
        return try builder.add(
            builder.multiply(x, factors(cos, "cosines")),
            builder.multiply(crossed, factors(sin, "sines")))
    }

    /// The angles of all positions, row by row.
    private func angles(of grid: Grid, channels: Int) -> [Double] {
        let size = channels / heads / 2
        let frequencies = stride(from: 0, to: size, by: 2).map {
            pow(grid.temperature, -Double($0) / Double(size))
        }
        func values(_ index: Int, of count: Int) -> [Double] {
            let scale = grid.reference > 0 ? grid.reference / Double(count) : 1
            return frequencies.flatMap { frequency in
                [Double](repeating: Double(index) * scale * frequency, count: 2)
            }
        }
        return (0..<grid.height).flatMap { row in
            (0..<grid.width).flatMap { column in
                let head = values(row, of: grid.height) + values(column, of: grid.width)
                return (0..<heads).flatMap { _ in head }
            }
        }
    }
}
