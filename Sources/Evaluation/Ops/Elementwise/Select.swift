import GraphIR
import Kernels

extension Select {
    func compute(_ run: NodeRun) throws {
        let (condition, a, b) = (run.shape(0), run.shape(1), run.shape(2))
        if run.isFast {
            FastKernels.select(
                try run.fitting(BroadcastLoop([a, b, condition])), elementSize: run.elementSize,
                a: run.bytes(1), b: run.bytes(2), condition: run.input(0),
                output: run.outputBytes(), threads: run.threads)
        } else {
            ReferenceKernels.select(
                try run.fitting(BroadcastLoop([condition, a, b])), elementSize: run.elementSize,
                condition: run.input(0), a: run.bytes(1), b: run.bytes(2),
                output: run.outputBytes())
        }
    }
}
