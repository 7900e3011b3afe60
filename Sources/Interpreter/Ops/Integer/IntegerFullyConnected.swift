import Kernels
import Tensors

extension OperatorPreparation {
    /// FULLY_CONNECTED of integers; shapes as for floats, a scale for each output.
    func integerFullyConnected() throws -> PreparedOperator {
        let x = try quantizedInput(0)
        let (parameters, shape) = try fullyConnectedParameters(x.operand, try input(1))
        let weights = try quantizedWeights(1, channels: parameters.outputs, axis: 0)
        let bias = try integerBias(2, count: parameters.outputs)
        let y = try quantizedOutput(x.dtype, shape)
        let scaling = OutputScaling(
            weights.scales.map { Double(x.scale) * Double($0) / Double(y.scale) }, .real,
            zeroPoint: y.zeroPoint, limits: y.limits(parameters.activation))
        if let filter = weights.constant(for: x), let bias = bias.known {
            let layer = Once {
                FastIntegerFullyConnected(
                    parameters, filter: filter.bytePointer, inputZeroPoint: x.zeroPoint,
                    bias: bias, scaling: scaling, packed: filter.packed ?? PackedMatrices())
            }
            return PreparedOperator(y.operand) { context in
                layer.value.run(
                    input: context.elements(x.operand), output: context.output(y.operand),
                    threads: context.threads)
            }
        }
        if let filter = weights.constant(for: x, of: .int16), let bias = bias.known,
            parameters.inputs <= WideHalves.depthLimit
        {
            let layer = Once {
                WideFullyConnected(
                    parameters, filter: filter.bytePointer, bias: bias, scaling: scaling,
                    packed: filter.packed ?? PackedMatrices())
            }
            return PreparedOperator(y.operand) { context in
                layer.value.run(
                    input: context.elements(x.operand), output: context.output(y.operand),
                    threads: context.threads)
            }
        }
        func kernel<X: QuantizedElement, W: QuantizedElement>(
            _: X.Type, _: W.Type
        ) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.fullyConnected(
                    parameters, input: x.integers(context, X.self),
                    filter: weights.integers(context, W.self), bias: bias.values(context),
                    scaling: scaling, output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype), try weightType(weights, for: x))
    }
}
