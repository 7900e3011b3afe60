import GraphIR
import Kernels

extension SpaceToDepth {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.spaceToDepth(
            run.shape(0), block: blockSize, elementSize: run.elementSize, input: run.bytes(0),
            output: run.outputBytes())
    }
}
