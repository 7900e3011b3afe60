import GraphIR
import Kernels

extension MirrorPad {
    func compute(_ run: NodeRun) throws {
        LayoutKernels.mirrorPad(
            run.shape(0), before: amounts.map(\.before), after: amounts.map(\.after),
            mode: mode == .reflect ? .reflect : .symmetric, elementSize: run.elementSize,
            input: run.bytes(0), output: run.outputBytes())
    }
}
