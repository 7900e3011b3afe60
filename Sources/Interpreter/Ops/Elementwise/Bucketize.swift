import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// BUCKETIZE: for each number how many boundaries of the options are not greater, as int32.
    func bucketize() throws -> PreparedOperator {
        let options = try options(BucketizeOptions.self)
        let boundaries = options.boundaries
        guard zip(boundaries, boundaries.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw malformed("boundaries that do not ascend")
        }
        let x = try plainInput(0)
        let y = try output(0, .int32, x.shape)
        func kernel<Element: BitwiseCopyable & Sendable, Limit: Comparable & Sendable>(
            _ limits: [Limit], _ number: @escaping @Sendable (Element) -> Limit
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                ReferenceKernels.buckets(
                    count: x.count, boundaries: limits, input: context.elements(x),
                    output: context.output(y), number)
            }
        }
        switch x.dtype {
        case .float32: return kernel(boundaries) { (x: Float) in x }
        case .float64: return kernel(boundaries.map { Double($0) }) { (x: Double) in x }
        case .int32: return kernel(boundaries) { (x: Int32) in Float(x) }
        case .int64: return kernel(boundaries) { (x: Int64) in Float(x) }
        default: throw unsupported(x.dtype)
        }
    }
}
