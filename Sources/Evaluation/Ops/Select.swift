import GraphIR
import Kernels

extension Select {
    func compute(_ run: NodeRun) throws {
        let loop = try run.fitting(
            BroadcastLoop([run.shape(0), run.shape(1), run.shape(2)]))
        ReferenceKernels.select(
            loop, elementSize: run.elementSize, condition: run.input(0), a: run.bytes(1),
            b: run.bytes(2), output: run.outputBytes())
    }
}
