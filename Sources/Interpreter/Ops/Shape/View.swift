import Kernels
import Tensors

extension OperatorPreparation {
    /// The same bytes under another shape.
    func view(of x: Operand, _ shape: Shape) throws -> PreparedOperator {
        let y = try output(0, x.dtype, shape, quantized: true)
        let byteCount = x.byteCount
        return PreparedOperator(y, sharing: .view) { context in
            let (source, target) = (context.bytes(x), context.output(y))
            if source != UnsafeRawPointer(target) {
                target.copyMemory(from: source, byteCount: byteCount)
            }
        }
    }

    /// A kernel that copies from one tensor to another.
    func run(_ copy: StridedCopy, _ x: Operand, _ y: Operand) -> PreparedOperator {
        PreparedOperator(y) { context in copy.run(from: context.bytes(x), to: context.output(y)) }
    }
}
