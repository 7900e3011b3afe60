import GraphIR
import Kernels

extension Reverse {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.reverse(
            run.shape(0), axes: try axes.map { try run.fitting(run.shape(0).normalizedAxis($0)) },
            elementSize: run.elementSize, input: run.bytes(0), output: run.outputBytes())
    }
}
