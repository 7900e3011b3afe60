import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SLICE: `size` elements from `begin` on along each axis; a size of −1 takes all there are.
    func slice() throws -> PreparedOperator {
        let (x, sizes) = (try input(0), try integers(2))
        if try input(1).known == nil, !sizes.contains(-1) {
            return try slice(of: x, sizes: sizes)
        }
        let begin = try integers(1)
        guard begin.count == x.shape.rank, sizes.count == x.shape.rank else {
            throw malformed("a slice from \(begin) of size \(sizes) of \(x.shape)")
        }
        let extents = try x.shape.dims.indices.map { axis in
            let dim = x.shape.dims[axis]
            guard (0...dim).contains(begin[axis]), sizes[axis] >= -1,
                sizes[axis] <= dim - begin[axis]
            else { throw malformed("a slice from \(begin) of size \(sizes) of \(x.shape)") }
            return sizes[axis] == -1 ? dim - begin[axis] : sizes[axis]
        }
        return try take(x, begin: begin, extents: extents, steps: nil, shape: Shape(extents))
    }

    /// A kernel that copies the elements of a range along each axis.
    func take(
        _ x: Operand, begin: [Int], extents: [Int], steps: [Int]?, shape: Shape
    ) throws -> PreparedOperator {
        let y = try output(0, x.dtype, shape, quantized: true)
        return run(
            .slice(
                x.shape, begin: begin, extents: extents, steps: steps, elementSize: x.elementSize),
            x, y)
    }
}
