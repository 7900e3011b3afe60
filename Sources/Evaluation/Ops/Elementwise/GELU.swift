import GraphIR
import Kernels

extension GELU {
    func compute(_ run: NodeRun) throws {
        try run.applyToFloats(
            reference: {
                ReferenceKernels.gelu(approximate: approximate, count: $0, input: $1, output: $2)
            },
            fast: {
                FastKernels.gelu(
                    approximate: approximate, count: $0, input: $1, output: $2, threads: $3)
            })
    }
}
