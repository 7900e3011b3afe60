import GraphIR
import Kernels

extension DepthToSpace {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.depthToSpace(
            run.shape(0), block: blockSize, elementSize: run.elementSize, input: run.bytes(0),
            output: run.outputBytes())
    }
}
