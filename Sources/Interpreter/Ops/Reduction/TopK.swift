import Kernels
import Tensors

extension OperatorPreparation {
    /// TOPK_V2: the k largest elements along the last axis and their indices.
    func topK() throws -> PreparedOperator {
        let (x, k) = (try plainInput(0), try integer(1))
        guard let count = x.shape.dims.last, (0...count).contains(k) else {
            throw malformed("\(x.shape) does not have \(k) largest elements")
        }
        let leading = Array(x.shape.dims.dropLast())
        let rows = Shape(leading).elementCount
        let values = try output(0, x.dtype, Shape(leading + [k]))
        let indices = try output(1, .int32, Shape(leading + [k]))
        func kernel<Element: Comparable & BitwiseCopyable & Sendable>(
            _: Element.Type
        ) -> PreparedOperator {
            PreparedOperator(values, indices) { context in
                FastKernels.topK(
                    rows: rows, count: count, k: k, input: context.elements(x, Element.self),
                    values: context.output(values), indices: context.output(indices),
                    threads: context.threads)
            }
        }
        switch x.dtype {
        case .float32: return kernel(Float.self)
        case .int8: return kernel(Int8.self)
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        case .uint8: return kernel(UInt8.self)
        default: throw unsupported(x.dtype)
        }
    }
}
