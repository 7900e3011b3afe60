import Kernels
import TFLiteFormat
import Tensors

/// Gives the element of the output for an element of the input; nil if there is none.
typealias IntegerFunction = @Sendable (Int32) -> Int32?

extension OperatorPreparation {
    /// A function of each element, which becomes a table at the first run.
    ///
    /// - Parameter make: gives the function for the scales of input and output.
    /// - Throws: in the run if an element has no result.
    func integerUnary(
        _ make: (IntegerUnary) throws -> IntegerFunction
    ) throws -> PreparedOperator {
        let x = try quantizedInput(0)
        guard let type = declaredType(0) else { throw malformed("output 0 is missing") }
        let y = try quantizedOutput(type, x.shape)
        guard code.builtin == .quantize || type == x.dtype else {
            throw malformed("its output is \(type.rawValue)")
        }
        let function = try make(
            IntegerUnary(
                input: (x.scale, x.zeroPoint), output: (y.scale, y.zeroPoint), limits: y.range))
        return try tabulated(x, y, function)
    }

    private func tabulated(
        _ x: QuantizedOperand, _ y: QuantizedOperand, _ function: @escaping IntegerFunction
    ) throws -> PreparedOperator {
        let undefined = malformed("an element is outside its domain")
        func kernel<X: QuantizedElement, Y: QuantizedElement>(
            _: X.Type, _: Y.Type
        ) -> PreparedOperator {
            let table = Once { IntegerTable<X, Y>(function) }
            let isInPlace = x.dtype == y.dtype
            return PreparedOperator(
                y.operand, sharing: isInPlace ? .inPlace([x.operand]) : .none
            ) { context in
                let isDefined = table.value.apply(
                    count: x.count, input: context.elements(x.operand),
                    output: context.output(y.operand))
                if !isDefined { throw undefined }
            }
        }
        return kernel(try elementType(x.dtype), try elementType(y.dtype))
    }

    /// LEAKY_RELU of integers with the slope of the options.
    func integerLeakyReLU() throws -> PreparedOperator {
        let slope = optionalOptions(LeakyReluOptions.self)?.alpha ?? 0
        return try integerUnary { $0.leaky(slope: slope) }
    }

    /// GELU of integers in the form that the options say.
    func integerGELU() throws -> PreparedOperator {
        let isApproximate = optionalOptions(GeluOptions.self)?.isApproximate ?? false
        return try integerRealFunction(isApproximate ? .approximateGELU : .gelu)
    }

    /// A function that is computed in single precision: with 8 bits for each element, with 16 bits for 513 of them.
    func integerRealFunction(_ function: IntegerRealFunction) throws -> PreparedOperator {
        let x = try quantizedInput(0)
        guard x.dtype == .int16 else { return try integerUnary { function.narrow($0) } }
        return try integerUnary { scales in
            guard let wide = function.wide(scales) else { throw unsupported(x.dtype) }
            return wide
        }
    }
}
