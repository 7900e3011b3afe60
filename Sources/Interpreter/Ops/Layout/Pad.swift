import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// PAD and PADV2: a border of zeros or of the third input; a negative width crops.
    func pad() throws -> PreparedOperator {
        let x = try input(0)
        let (before, after) = try paddings(of: x)
        let shape = Shape(
            try x.shape.dims.indices.map { axis in
                let cropped = max(-before[axis], 0) + max(-after[axis], 0)
                guard cropped <= x.shape.dims[axis] else {
                    throw malformed("\(x.shape) loses more than all along axis \(axis)")
                }
                return x.shape.dims[axis] + before[axis] + after[axis]
            })
        let y = try output(0, x.dtype, shape, quantized: true)
        let border = code.builtin == .padV2 ? try plainOrEqualScalar(2, like: x) : nil
        let zero = zeroElement(of: x)
        return PreparedOperator(y) { context in
            zero.withUnsafeBytes { zeroBytes in
                guard let zeroAddress = zeroBytes.baseAddress else { return }
                LayoutKernels.pad(
                    x.shape, before: before, after: after, elementSize: x.elementSize,
                    value: border.map { context.bytes($0) } ?? zeroAddress, input: context.bytes(x),
                    output: context.output(y))
            }
        }
    }

    /// The widths `[rank, 2]` of the second input.
    func paddings(of x: Operand) throws -> (before: [Int], after: [Int]) {
        let widths = try integers(1)
        let limit = Int(Int32.max)
        guard try input(1).shape == [x.shape.rank, 2],
            widths.allSatisfy({ (-limit...limit).contains($0) })
        else { throw malformed("paddings \(widths) do not fit \(x.shape)") }
        return (
            stride(from: 0, to: widths.count, by: 2).map { widths[$0] },
            stride(from: 1, to: widths.count, by: 2).map { widths[$0] }
        )
    }
}
