import GraphIR
import Kernels

extension PReLU {
    func compute(_ run: NodeRun) throws {
        let loop = try run.fitting(BroadcastLoop([run.shape(0), run.shape(1)]))
        ReferenceKernels.prelu(
            loop, input: try run.floats(0), alpha: try run.floats(1),
            output: try run.floatOutput())
    }
}
