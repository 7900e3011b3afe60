import GraphIR
import Kernels

extension PReLU {
    func compute(_ run: NodeRun) throws {
        let loop = try run.fitting(BroadcastLoop([run.shape(0), run.shape(1)]))
        let (input, alpha) = (try run.floats(0), try run.floats(1))
        let output = try run.floatOutput()
        if run.isFast {
            FastKernels.prelu(
                loop, input: input, alpha: alpha, output: output, threads: run.threads)
        } else {
            ReferenceKernels.prelu(loop, input: input, alpha: alpha, output: output)
        }
    }
}
