import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SOFTMAX of integers over the last axis; an absent β counts as 0, as in LiteRT.
    ///
    /// The output has steps of 1/256, or of 1/32768 with 16 bits, from 0 on.
    func integerSoftmax() throws -> PreparedOperator {
        let (x, rows, count) = try quantizedRows()
        let y = try quantizedOutput(x.dtype, x.shape)
        let isWide = x.dtype == .int16
        guard y.zeroPoint == (isWide ? 0 : y.range.lowerBound),
            abs(y.scale * (isWide ? 32768 : 256) - 1) <= 0.001
        else { throw unsupported("an output of scale \(y.scale)") }
        let beta = optionalOptions(SoftmaxOptions.self)?.beta ?? 0
        let scale = Double(beta) * Double(x.scale)
        if isWide {
            let function = Once { WideIntegerSoftmax(scale: scale) }
            return PreparedOperator(y.operand) { context in
                function.value.apply(
                    rows: rows, count: count, input: context.elements(x.operand),
                    output: context.output(y.operand))
            }
        }
        let function = IntegerSoftmax(scale: scale)
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                function.apply(
                    rows: rows, count: count, input: context.elements(x.operand, X.self),
                    output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype))
    }

    /// LOG_SOFTMAX of 8-bit integers over the last axis; the output has steps of 1/16 from 127 down.
    func integerLogSoftmax() throws -> PreparedOperator {
        let (x, rows, count) = try quantizedRows()
        let y = try quantizedOutput(x.dtype, x.shape)
        guard x.dtype == .int8, y.zeroPoint == 127, y.scale == 1 / 16 else {
            throw unsupported("an output of scale \(y.scale)")
        }
        return PreparedOperator(y.operand) { context in
            IntegerKernels.logSoftmax(
                rows: rows, count: count, scale: x.scale, input: context.elements(x.operand),
                output: context.output(y.operand))
        }
    }

    /// L2_NORMALIZATION of 8-bit integers over the last axis; the output has steps of 1/128.
    func integerL2Normalization() throws -> PreparedOperator {
        guard fusedActivation == .none else {
            throw unsupported("activation \(fusedActivation.schemaName)")
        }
        let (x, rows, count) = try quantizedRows()
        let y = try quantizedOutput(x.dtype, x.shape)
        guard x.dtype == .int8, y.zeroPoint == 0, y.scale == 1 / 128 else {
            throw unsupported("an output of scale \(y.scale)")
        }
        return PreparedOperator(y.operand) { context in
            IntegerKernels.l2Normalization(
                rows: rows, count: count, input: x.integers(context),
                output: context.output(y.operand))
        }
    }

    /// The first input as rows along its last axis.
    private func quantizedRows() throws -> (x: QuantizedOperand, rows: Int, count: Int) {
        let x = try quantizedInput(0)
        guard let count = x.shape.dims.last else { throw malformed("a scalar has no last axis") }
        return (x, Shape(Array(x.shape.dims.dropLast())).elementCount, count)
    }
}
