import GraphIR
import Kernels
import Tensors

extension ReverseSequence {
    func compute(_ run: NodeRun) throws {
        let shape = run.shape(0)
        let lengths = Constant(run.tensor(1)).doubles().compactMap { Int(exactly: $0) }
        guard lengths.count == shape[batchAxis],
            lengths.allSatisfy({ (0...shape[axis]).contains($0) })
        else {
            throw run.invalid("a length is outside axis \(axis) of \(shape)")
        }
        LayoutKernels.reverseSequence(
            shape, axis: axis, batchAxis: batchAxis, lengths: lengths,
            elementSize: run.elementSize, input: run.bytes(0), output: run.outputBytes())
    }
}
