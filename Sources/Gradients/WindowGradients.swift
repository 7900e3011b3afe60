import GraphIR
import Problems
import Tensors

/// The windows of a convolution or a pool over x `[N, H, W, C]`, as gradients see them.
///
/// The covered input is x with exactly the border that the windows reach. Spread values have the extents (positions − 1) · stride + 1.
struct WindowGradients {
    let builder: GraphBuilder
    let rows: WindowAxis
    let columns: WindowAxis

    /// - Throws: `Problem.Kind.invalidShape` if the windows do not fit.
    init(
        _ x: ValueID, _ builder: GraphBuilder, window: Size2D, strides: Size2D, dilations: Size2D,
        padding: Padding
    ) throws {
        let shape = builder.shape(of: x)
        guard
            let rows = WindowAxis(
                input: shape[1], kernel: window.height, stride: strides.height,
                dilation: dilations.height, padding: padding),
            let columns = WindowAxis(
                input: shape[2], kernel: window.width, stride: strides.width,
                dilation: dilations.width, padding: padding)
        else { throw Problem(.invalidShape("windows of \(window) do not fit \(shape)")) }
        (self.builder, self.rows, self.columns) = (builder, rows, columns)
    }

    /// All taps, row by row.
    var taps: [(row: Int, column: Int)] {
        (0..<rows.kernel).flatMap { row in (0..<columns.kernel).map { (row, $0) } }
    }

    private func amounts(_ of: (WindowAxis) -> (Int, Int)) -> [PadAmount] {
        let (vertical, horizontal) = (of(rows), of(columns))
        return [
            .none, PadAmount(vertical.0, vertical.1), PadAmount(horizontal.0, horizontal.1), .none,
        ]
    }

    /// x with the border that the windows cover, and without what none reaches.
    func covered(_ x: ValueID, border: Float = 0) throws -> ValueID {
        let inside = try builder.trimmed(
            x, amounts { (max(-$0.padBefore, 0), max(-$0.padAfter, 0)) })
        return try builder.pad(
            inside, amounts { (max($0.padBefore, 0), max($0.padAfter, 0)) }, value: border)
    }

    /// A gradient of the covered input as that of x.
    func uncovered(_ gradient: ValueID) throws -> ValueID {
        let inside = try builder.trimmed(
            gradient, amounts { (max($0.padBefore, 0), max($0.padAfter, 0)) })
        return try builder.pad(
            inside, amounts { (max(-$0.padBefore, 0), max(-$0.padAfter, 0)) })
    }

    /// Values of the windows' positions with zeros for the positions that a stride skips.
    func spread(_ values: ValueID) throws -> ValueID {
        try spread(spread(values, axis: 1, by: rows.stride), axis: 2, by: columns.stride)
    }

    private func spread(_ x: ValueID, axis: Int, by stride: Int) throws -> ValueID {
        guard stride > 1 else { return x }
        let dims = builder.shape(of: x).dims
        let (extent, outer) = (dims[axis], dims[..<axis].reduce(1, *))
        let inner = dims[(axis + 1)...].reduce(1, *)
        let apart = try builder.pad(
            builder.reshape(x, [outer, extent, 1, inner]),
            [.none, .none, PadAmount(0, stride - 1), .none])
        let joined = try builder.reshape(apart, [outer, extent * stride, inner])
        let trimmed = try builder.trimmed(joined, [.none, PadAmount(0, stride - 1), .none])
        var result = dims
        result[axis] = (extent - 1) * stride + 1
        return try builder.reshape(trimmed, result)
    }

    /// What a tap reads of the covered input, of the extents of spread values.
    ///
    /// - Parameter axis: the axis of rows, which that of columns follows.
    func part(
        of covered: ValueID, at tap: (row: Int, column: Int), rowAxis axis: Int = 1
    ) throws -> ValueID {
        let height = (rows.output - 1) * rows.stride + 1
        let width = (columns.output - 1) * columns.stride + 1
        let part = try builder.slice(
            covered, axis: axis, from: tap.row * rows.dilation, count: height)
        return try builder.slice(
            part, axis: axis + 1, from: tap.column * columns.dilation, count: width)
    }

    /// A tap's gradient, of the extents of spread values, as that of the covered input.
    func placed(_ gradient: ValueID, at tap: (row: Int, column: Int)) throws -> ValueID {
        let (top, left) = (tap.row * rows.dilation, tap.column * columns.dilation)
        return try builder.pad(
            gradient,
            [
                .none, PadAmount(top, rows.span - 1 - top),
                PadAmount(left, columns.span - 1 - left), .none,
            ])
    }

    /// Spread values with a border that a window reaches on each side.
    func bordered(_ spread: ValueID) throws -> ValueID {
        try builder.pad(spread, amounts { ($0.span - 1, $0.span - 1) })
    }
}
