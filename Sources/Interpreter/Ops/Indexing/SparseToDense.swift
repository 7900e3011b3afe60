import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SPARSE_TO_DENSE: one value in the shape of the second input, with others at the positions of the first.
    ///
    /// Positions are `[number, rank]`, `[number]` for a vector, or a single number. A value may stand for all of them.
    func sparseToDense() throws -> PreparedOperator {
        let (indices, values) = (try plainInput(0), try plainInput(2))
        let shape = Shape(try integers(1))
        let depth = indices.shape.rank == 2 ? indices.shape[1] : 1
        guard shape.dims.allSatisfy({ $0 >= 0 }), indices.shape.rank <= 2, depth == shape.rank,
            values.shape.rank == 0 || values.count == indices.count / max(depth, 1)
        else { throw malformed("values \(values.shape) at \(indices.shape) of \(shape)") }
        let border = try plainOrEqualScalar(3, like: values)
        let y = try output(0, values.dtype, shape)
        let outside = malformed("an index is outside \(shape)")
        let (number, size) = (indices.count / max(depth, 1), values.elementSize)
        let step = values.shape.rank == 0 ? 0 : size
        let strides = shape.strides
        func kernel<Index: FixedWidthInteger & BitwiseCopyable & Sendable>(
            _: Index.Type
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                let (positions, target) = (context.elements(indices, Index.self), context.output(y))
                LayoutKernels.fill(
                    count: y.count, elementSize: size, value: context.bytes(border), output: target)
                for row in 0..<number {
                    var offset = 0
                    for axis in 0..<depth {
                        let index = Int(clamping: positions[row * depth + axis])
                        guard (0..<shape.dims[axis]).contains(index) else { throw outside }
                        offset += index * strides[axis]
                    }
                    (target + offset * size).copyMemory(
                        from: context.bytes(values) + row * step, byteCount: size)
                }
            }
        }
        switch indices.dtype {
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        default: throw unsupported(indices.dtype)
        }
    }
}
