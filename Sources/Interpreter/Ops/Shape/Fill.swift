import Kernels
import Tensors

extension OperatorPreparation {
    /// FILL: one value in the shape that the first input gives.
    func fill() throws -> PreparedOperator {
        let (dims, value) = (try integers(0), try input(1))
        guard dims.allSatisfy({ $0 >= 0 }), value.count == 1 else {
            throw malformed("\(dims) cannot be filled with \(value.shape)")
        }
        let y = try output(0, value.dtype, Shape(dims), quantized: true)
        return PreparedOperator(y) { context in
            LayoutKernels.fill(
                count: y.count, elementSize: y.elementSize, value: context.bytes(value),
                output: context.output(y))
        }
    }
}
