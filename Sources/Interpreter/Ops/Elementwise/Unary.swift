import Kernels
import Tensors

extension OperatorPreparation {
    /// A function of each element of floats; some also take integers.
    func unary(_ function: UnaryFunction) throws -> PreparedOperator {
        let x = try plainInput(0)
        let y = try output(0, x.dtype, x.shape)
        func integers<Element: FixedWidthInteger & SignedInteger & Sendable>(
            _: Element.Type
        ) -> PreparedOperator {
            PreparedOperator(y, sharing: .inPlace([x])) { context in
                _ = FastKernels.unary(
                    function, count: x.count, input: context.elements(x, Element.self),
                    output: context.output(y))
            }
        }
        switch x.dtype {
        case .float32:
            return PreparedOperator(
                y, sharing: .inPlace([x]), fusible: function == .sigmoid ? .sigmoid : nil
            ) { context in
                FastKernels.unary(
                    function, count: x.count, input: context.floats(x),
                    output: context.floatOutput(y), threads: context.threads)
            }
        case .int32 where function.hasIntegerForm: return integers(Int32.self)
        case .int64 where function.hasIntegerForm: return integers(Int64.self)
        default: throw unsupported(x.dtype)
        }
    }

    /// A function of each float, given the number of elements, the input, the output and the number of threads.
    func floatFunction(
        _ function:
            @escaping @Sendable (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) ->
            Void
    ) throws -> PreparedOperator {
        let x = try floatInput(0)
        let y = try output(0, .float32, x.shape)
        return PreparedOperator(y, sharing: .inPlace([x])) { context in
            function(x.count, context.floats(x), context.floatOutput(y), context.threads)
        }
    }
}
