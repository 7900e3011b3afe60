import GraphIR
import Kernels

extension Tile {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.tile(
            run.shape(0), multiples: multiples, elementSize: run.elementSize, input: run.bytes(0),
            output: run.outputBytes())
    }
}
