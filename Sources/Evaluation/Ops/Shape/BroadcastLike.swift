import GraphIR
import Kernels

extension BroadcastLike {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.broadcast(
            run.shape(0), to: run.outputShape(), elementSize: run.elementSize, input: run.bytes(0),
            output: run.outputBytes())
    }
}
