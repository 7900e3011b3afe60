import GraphIR
import Kernels

extension Concatenate {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.concatenate(
            (0..<run.inputCount).map { (run.shape($0), run.bytes($0)) },
            axis: try run.fitting(run.shape(0).normalizedAxis(axis)),
            elementSize: run.elementSize, output: run.outputBytes())
    }
}
