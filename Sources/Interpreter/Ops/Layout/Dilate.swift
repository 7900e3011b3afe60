import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// DILATE: x with other elements between its own, as many along each axis as the second input says less one.
    func dilate() throws -> PreparedOperator {
        let (x, steps) = (try plainInput(0), try integers(1))
        guard steps.count == x.shape.rank, steps.allSatisfy({ (1...Int(Int32.max)).contains($0) })
        else { throw malformed("steps \(steps) do not fit \(x.shape)") }
        let between = try plainOrEqualScalar(2, like: x)
        let y = try output(0, x.dtype, LayoutKernels.dilatedShape(x.shape, steps: steps))
        return PreparedOperator(y) { context in
            LayoutKernels.dilate(
                x.shape, steps: steps, elementSize: x.elementSize, value: context.bytes(between),
                input: context.bytes(x), output: context.output(y))
        }
    }
}
