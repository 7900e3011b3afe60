import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// RESIZE_BILINEAR of integers, which are not rescaled.
    func integerResizeBilinear() throws -> PreparedOperator {
        let options = try options(ResizeBilinearOptions.self)
        let x = try quantizedInput(0)
        let parameters = try resizeParameters(
            x.operand, options.alignsCorners, options.usesHalfPixelCenters)
        let y = try quantizedOutput(x.dtype, parameters.outputShape)
        if x.dtype == .uint8 {
            return PreparedOperator(y.operand) { context in
                IntegerKernels.resizeBilinear(
                    parameters, input: context.elements(x.operand, UInt8.self),
                    output: context.output(y.operand))
            }
        }
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.resizeBilinear(
                    parameters, input: context.elements(x.operand, X.self),
                    output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype))
    }
}
