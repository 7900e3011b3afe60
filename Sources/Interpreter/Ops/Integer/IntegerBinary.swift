import Kernels
import Tensors

extension OperatorPreparation {
    /// ADD and SUB of integers, brought to a common scale first.
    func integerSum(isDifference: Bool) throws -> PreparedOperator {
        try integerBinary { a, b, y in
            let shift: Int32 = a.dtype == .int16 ? 15 : 20
            let pair = IntegerPair(a.scale, b.scale, shift: shift)
            let factor = pair.unit / (Double(1 << shift) * Double(y.scale))
            return (.sum(pair, isDifference: isDifference), factor)
        }
    }

    /// MUL of integers.
    func integerProduct() throws -> PreparedOperator {
        try integerBinary { a, b, y in (.product, Double(a.scale * b.scale / y.scale)) }
    }

    /// SQUARED_DIFFERENCE of integers, brought to a common scale first.
    func integerSquaredDifference() throws -> PreparedOperator {
        try integerBinary { a, b, y in
            let pair = IntegerPair(a.scale, b.scale, shift: 7)
            return (.squaredDifference(pair), pair.unit * pair.unit / (0x1p14 * Double(y.scale)))
        }
    }

    /// DIV of integers.
    ///
    /// - Throws: in the run if a divisor is 0.
    func integerQuotient() throws -> PreparedOperator {
        let divisor = try quantizedInput(1)
        let zero = malformed("a divisor is 0")
        return try integerBinary { a, b, y in
            (.quotient, Double(a.scale / (b.scale * y.scale)))
        } checking: { context in
            func contains<X: QuantizedElement>(_: X.Type) -> Bool {
                let elements = divisor.integers(context, X.self)
                return (0..<divisor.count).contains { elements[$0] == 0 }
            }
            if contains(try elementType(divisor.dtype)) { throw zero }
        }
    }

    /// A function of the elements of two inputs of one type, which broadcast.
    ///
    /// - Parameters:
    ///   - function: the function and the factor of its results, given both inputs and the output.
    ///   - check: is called at each run before the elements are read.
    private func integerBinary(
        _ function: (QuantizedOperand, QuantizedOperand, QuantizedOperand) -> (
            IntegerBinary, Double
        ), checking check: OperatorFunction? = nil
    ) throws -> PreparedOperator {
        let (a, b) = (try quantizedInput(0), try quantizedInput(1))
        guard a.dtype == b.dtype else { throw malformed("inputs of different types") }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try quantizedOutput(a.dtype, loop.shape)
        let (form, factor) = function(a, b, y)
        let scaling = OutputScaling(
            [factor], zeroPoint: y.zeroPoint, limits: y.limits(fusedActivation.clamp))
        if a.dtype == .int8, let fast = FastIntegerBinary(form, scaling: scaling) {
            return PreparedOperator(y.operand) { context in
                fast.run(
                    loop, a.integers(context), b.integers(context),
                    output: context.output(y.operand), threads: context.threads)
            }
        }
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                try check?(context)
                IntegerKernels.binary(
                    form, loop, a.integers(context, X.self), b.integers(context),
                    scaling: scaling, output: context.output(y.operand))
            }
        }
        return kernel(try elementType(a.dtype))
    }
}
