import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// ADD_N: the sum of any number of tensors of one shape.
    func addN() throws -> PreparedOperator {
        let terms = try inputs.indices.map { try plainInput($0) }
        guard let first = terms.first,
            terms.allSatisfy({ $0.shape == first.shape && $0.dtype == first.dtype })
        else { throw malformed("its terms have different shapes or types") }
        let y = try output(0, first.dtype, first.shape)
        let byteCount = first.byteCount
        let loop = try fitting(BroadcastLoop([first.shape, first.shape]))
        func kernel<Element>(
            _ add:
                @escaping @Sendable (
                    UnsafeMutablePointer<Element>, UnsafePointer<Element>, _ threads: Int
                ) -> Void
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                context.output(y).copyMemory(from: context.bytes(first), byteCount: byteCount)
                for term in terms.dropFirst() {
                    add(context.output(y), context.elements(term), context.threads)
                }
            }
        }
        switch first.dtype {
        case .float32:
            return kernel { (sum: UnsafeMutablePointer<Float>, term, threads) in
                FastKernels.binary(.add, loop, sum, term, output: sum, threads: threads)
            }
        case .int32:
            return kernel { (sum: UnsafeMutablePointer<Int32>, term, _) in
                FastKernels.binary(.add, loop, sum, term, output: sum)
            }
        default: throw unsupported(first.dtype)
        }
    }
}
