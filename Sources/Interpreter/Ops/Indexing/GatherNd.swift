import Kernels
import Tensors

extension OperatorPreparation {
    /// GATHER_ND: the slices of x that the indices `[…, depth]` address.
    func gatherNd() throws -> PreparedOperator {
        let (x, indices) = (try input(0), try plainInput(1))
        let slices = try fitting(SliceIndex(indices: indices.shape, into: x.shape))
        let y = try output(0, x.dtype, slices.slicesShape, quantized: true)
        let outside = malformed("an index is outside \(x.shape)")
        func kernel<Index: FixedWidthInteger & BitwiseCopyable & Sendable>(
            _: Index.Type
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                let isInside = ReferenceKernels.gatherNd(
                    slices, indices: context.elements(indices, Index.self),
                    elementSize: x.elementSize, input: context.bytes(x), output: context.output(y))
                if !isInside { throw outside }
            }
        }
        switch indices.dtype {
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        default: throw unsupported(indices.dtype)
        }
    }
}
