import GraphIR
import Kernels

extension Cast {
    func compute(_ run: NodeRun) throws {
        let isComputed = FastKernels.cast(
            from: run.dtype(0), to: to, count: run.outputs[0].count, input: run.bytes(0),
            output: run.outputBytes(), threads: run.threads)
        guard isComputed else { throw run.unsupported(run.dtype(0)) }
    }
}
