import GraphIR
import Kernels

extension LeakyReLU {
    func compute(_ run: NodeRun) throws {
        try run.applyToFloats(
            reference: {
                ReferenceKernels.leakyRelu(alpha: alpha, count: $0, input: $1, output: $2)
            },
            fast: {
                FastKernels.leakyRelu(alpha: alpha, count: $0, input: $1, output: $2, threads: $3)
            })
    }
}
