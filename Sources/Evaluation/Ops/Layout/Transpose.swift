import GraphIR
import Kernels

extension Transpose {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.transpose(
            run.shape(0), permutation: permutation, elementSize: run.elementSize,
            input: run.bytes(0), output: run.outputBytes())
    }
}
