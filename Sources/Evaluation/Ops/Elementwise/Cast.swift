import GraphIR
import Kernels

extension Cast {
    func compute(_ run: NodeRun) throws {
        let (source, count, input) = (run.dtype(0), run.outputs[0].count, run.bytes(0))
        let isComputed =
            run.isFast
            ? FastKernels.cast(
                from: source, to: to, count: count, input: input, output: run.outputBytes(),
                threads: run.threads)
            : ReferenceKernels.cast(
                from: source, to: to, count: count, input: input, output: run.outputBytes())
        guard isComputed else { throw run.unsupported(run.dtype(0)) }
    }
}
