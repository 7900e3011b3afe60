import Kernels
import Problems
import Tensors

extension OperatorPreparation {
    /// A slice of known sizes from a position that the run computes.
    func slice(of x: Operand, sizes: [Int]) throws -> PreparedOperator {
        let start = try plainInput(1)
        guard sizes.count == x.shape.rank, start.count == sizes.count,
            zip(sizes, x.shape.dims).allSatisfy({ 0 <= $0 && $0 <= $1 })
        else { throw malformed("a slice of size \(sizes) of \(x.shape)") }
        return try take(x, from: start, axes: sizes.count, extents: sizes, shape: Shape(sizes))
    }

    /// One element along each of the first axes, at a position that the run computes, and all of the other axes.
    func element(of x: Operand) throws -> PreparedOperator {
        let start = try plainInput(1)
        guard start.count <= x.shape.rank, x.shape.dims.prefix(start.count).allSatisfy({ $0 > 0 })
        else { throw malformed("\(start.count) indices of \(x.shape)") }
        let rest = Array(x.shape.dims.dropFirst(start.count))
        let extents = [Int](repeating: 1, count: start.count) + rest
        return try take(x, from: start, axes: start.count, extents: extents, shape: Shape(rest))
    }

    /// Copies `extents` from where `start` says along the first `axes` axes; negative positions count from the end.
    private func take(
        _ x: Operand, from start: Operand, axes: Int, extents: [Int], shape: Shape
    ) throws -> PreparedOperator {
        let isWide = start.dtype == .int64
        guard isWide || start.dtype == .int32 else { throw unsupported(start.dtype) }
        let y = try output(0, x.dtype, shape, quantized: true)
        let name = "\(code.builtin)"
        return PreparedOperator(y) { context in
            var begin = [Int](repeating: 0, count: extents.count)
            for axis in 0..<axes {
                let position =
                    isWide
                    ? Int(clamping: context.elements(start, Int64.self)[axis])
                    : Int(context.elements(start, Int32.self)[axis])
                begin[axis] = position < 0 ? position &+ x.shape.dims[axis] : position
                guard (0...x.shape.dims[axis] - extents[axis]).contains(begin[axis]) else {
                    throw Problem(
                        .malformed(what: name, reason: "position \(position) is outside \(x.shape)")
                    )
                }
            }
            LayoutKernels.slice(
                x.shape, begin: begin, extents: extents, steps: nil, elementSize: x.elementSize,
                input: context.bytes(x), output: context.output(y))
        }
    }
}
