import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SOFTMAX over the last axis; an absent β counts as 0, as in LiteRT.
    mutating func softmax() throws -> Kernel {
        var beta: Float = 0
        if let options = optionalOptions(SoftmaxOptions.self) { beta = options.beta }
        let (x, rows, count) = try rowInput()
        let y = try output(0, .float32, x.shape)
        return { [beta] frame in
            FastKernels.softmax(
                rows: rows, count: count, beta: beta, input: frame.floats(x),
                output: frame.floatOutput(y), threads: frame.threads)
        }
    }

    /// LOG_SOFTMAX over the last axis.
    mutating func logSoftmax() throws -> Kernel {
        let (x, rows, count) = try rowInput()
        let y = try output(0, .float32, x.shape)
        return { frame in
            FastKernels.logSoftmax(
                rows: rows, count: count, input: frame.floats(x), output: frame.floatOutput(y),
                threads: frame.threads)
        }
    }

    /// A float input of rank 1 or more, as rows along its last axis.
    func rowInput() throws -> (x: Operand, rows: Int, count: Int) {
        let x = try floatInput(0)
        guard let count = x.shape.dims.last else { throw malformed("a scalar has no last axis") }
        return (x, Shape(Array(x.shape.dims.dropLast())).elementCount, count)
    }
}
