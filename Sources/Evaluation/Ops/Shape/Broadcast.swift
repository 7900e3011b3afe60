import GraphIR
import Kernels

extension Broadcast {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.broadcast(
            run.shape(0), to: run.outputShape(), elementSize: run.elementSize, input: run.bytes(0),
            output: run.outputBytes())
    }
}
