import Kernels
import Tensors

extension OperatorPreparation {
    /// BATCH_MATMUL of integers, the right ones with 8 bits beside 16 or with as many; shapes as for floats.
    func integerBatchMatMul() throws -> PreparedOperator {
        let (a, b) = (try quantizedInput(0), try quantizedInput(1))
        guard a.dtype == b.dtype || (a.dtype == .int16 && b.dtype == .int8) else {
            throw unsupported(b.dtype)
        }
        let parameters = try batchMatMulParameters(a.operand, b.operand)
        let y = try quantizedOutput(a.dtype, parameters.outputShape)
        let scaling = OutputScaling(
            [Double(a.scale) * Double(b.scale) / Double(y.scale)],
            a.dtype == .int16 ? .reduced : .twice, zeroPoint: y.zeroPoint, limits: y.range)
        if a.dtype == .int8, b.dtype == .int8 {
            return PreparedOperator(y.operand) { context in
                FastKernels.integerBatchMatMul(
                    parameters, a: a.integers(context), b: b.integers(context), scaling: scaling,
                    output: context.output(y.operand), threads: context.threads)
            }
        }
        if a.dtype == .int16, a.zeroPoint == 0, b.zeroPoint == 0,
            parameters.depth <= WideHalves.depthLimit
        {
            return wideBatchMatMul(parameters, a, b, scaling, to: y)
        }
        func kernel<X: QuantizedElement, Y: QuantizedElement>(
            _: X.Type, _: Y.Type
        ) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.batchMatMul(
                    parameters, a: a.integers(context, X.self), b: b.integers(context, Y.self),
                    scaling: scaling, output: context.output(y.operand))
            }
        }
        return kernel(try elementType(a.dtype), try elementType(b.dtype))
    }
    /// BATCH_MATMUL of integers of 16 bits around 0 with as many bits or 8 on the right.
    private func wideBatchMatMul(
        _ parameters: BatchMatMulParameters, _ a: QuantizedOperand, _ b: QuantizedOperand,
        _ scaling: OutputScaling, to y: QuantizedOperand
    ) -> PreparedOperator {
        let isWide = b.dtype == .int16
        return PreparedOperator(y.operand) { context in
            let left = context.elements(a.operand, Int16.self)
            let output: UnsafeMutablePointer<Int16> = context.output(y.operand)
            if isWide {
                FastKernels.wideBatchMatMul(
                    parameters, a: left, b: context.elements(b.operand, Int16.self),
                    scaling: scaling, output: output, threads: context.threads)
            } else {
                FastKernels.wideBatchMatMul(
                    parameters, a: left, b: context.elements(b.operand, Int8.self),
                    scaling: scaling, output: output, threads: context.threads)
            }
        }
    }
}
