import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// REAL and IMAG: one of the parts of complex numbers.
    func complexPart(_ part: Int) throws -> PreparedOperator {
        let (x, y) = try complexOperands()
        return PreparedOperator(y) { context in
            let (source, target) = (context.floats(x), context.floatOutput(y))
            for index in 0..<x.count { target[index] = source[2 * index + part] }
        }
    }

    /// COMPLEX_ABS: the absolute values of complex numbers.
    func complexMagnitude() throws -> PreparedOperator {
        let (x, y) = try complexOperands()
        return PreparedOperator(y) { context in
            ReferenceKernels.magnitudes(
                count: x.count, input: context.floats(x), output: context.floatOutput(y))
        }
    }

    private func complexOperands() throws -> (Operand, Operand) {
        let x = try input(0)
        guard x.dtype == .complex64 else { throw unsupported(x.dtype) }
        return (x, try output(0, .float32, x.shape))
    }
}
