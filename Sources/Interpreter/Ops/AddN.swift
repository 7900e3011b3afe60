import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// ADD_N: the sum of any number of tensors of one shape.
    mutating func addN() throws -> Kernel {
        let terms = try inputs.indices.map { try plainInput($0) }
        guard let first = terms.first,
            terms.allSatisfy({ $0.shape == first.shape && $0.dtype == first.dtype })
        else { throw malformed("terms of different shapes or types") }
        let y = try output(0, first.dtype, first.shape)
        func kernel<Element: ArithmeticElement>(_: Element.Type) -> Kernel {
            { frame in
                let target = frame.output(y, as: Element.self)
                target.update(from: frame.elements(first, Element.self), count: first.count)
                for term in terms.dropFirst() {
                    let source = frame.elements(term, Element.self)
                    for index in 0..<term.count {
                        target[index] = Element.sum(target[index], source[index])
                    }
                }
            }
        }
        switch first.dtype {
        case .float32: return kernel(Float.self)
        case .int32: return kernel(Int32.self)
        default: throw unsupported(first.dtype)
        }
    }
}
