import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// MIRROR_PAD: a border of mirrored elements.
    func mirrorPad() throws -> PreparedOperator {
        let options = try options(MirrorPadOptions.self)
        let x = try input(0)
        let (before, after) = try paddings(of: x)
        let limit = options.mode == .reflect ? 1 : 0
        for axis in x.shape.dims.indices {
            let widest = max(before[axis], after[axis])
            guard min(before[axis], after[axis]) >= 0,
                widest == 0 || widest <= x.shape.dims[axis] - limit
            else { throw malformed("a mirror border wider than \(x.shape)") }
        }
        let shape = Shape(
            x.shape.dims.indices.map { x.shape.dims[$0] + before[$0] + after[$0] })
        let y = try output(0, x.dtype, shape, quantized: true)
        let mode: MirrorMode = options.mode == .reflect ? .reflect : .symmetric
        return PreparedOperator(y) { context in
            LayoutKernels.mirrorPad(
                x.shape, before: before, after: after, mode: mode, elementSize: x.elementSize,
                input: context.bytes(x), output: context.output(y))
        }
    }
}
