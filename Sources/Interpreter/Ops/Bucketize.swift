import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// BUCKETIZE: for each number how many boundaries of the options are not greater, as int32.
    mutating func bucketize() throws -> Kernel {
        guard case .bucketize(let options) = options else { throw malformed("no options") }
        let boundaries = options.boundaries
        guard zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw malformed("boundaries that do not ascend")
        }
        let x = try plainInput(0)
        let y = try output(0, .int32, x.shape)
        func kernel<Element: Comparable & BitwiseCopyable & Sendable>(
            _ limits: [Element]
        ) -> Kernel {
            { frame in
                ReferenceKernels.buckets(
                    count: x.count, boundaries: limits, input: frame.elements(x),
                    output: frame.output(y))
            }
        }
        switch x.dtype {
        case .float32: return kernel(boundaries)
        case .float64: return kernel(boundaries.map { Double($0) })
        // The runtime cuts a boundary down to a whole number before it compares integers.
        case .int32: return kernel(boundaries.map { Int32(clampingValue: Double($0)) })
        case .int64: return kernel(boundaries.map { Int64(clampingValue: Double($0)) })
        default: throw unsupported(x.dtype)
        }
    }
}
