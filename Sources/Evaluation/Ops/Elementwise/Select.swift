import GraphIR
import Kernels

extension Select {
    func compute(_ run: NodeRun) throws {
        let loop = try run.fitting(
            BroadcastLoop([run.shape(1), run.shape(2), run.shape(0)]))
        FastKernels.select(
            loop, elementSize: run.elementSize, a: run.bytes(1), b: run.bytes(2),
            condition: run.input(0), output: run.outputBytes(), threads: run.threads)
    }
}
