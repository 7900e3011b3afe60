import GraphIR
import Kernels

extension FullyConnected {
    func compute(_ run: NodeRun) throws {
        let filter = run.shape(1)
        let parameters = FullyConnectedParameters(
            batch: try run.rows(0).rows, inputs: filter[1], outputs: filter[0],
            activation: activation)
        let (input, weights) = (try run.floats(0), try run.keptFloats(1))
        let (bias, output) = (try run.optionalFloats(2), try run.floatOutput())
        if run.isFast {
            FastKernels.fullyConnected(
                parameters, input: input, filter: weights, bias: bias, output: output,
                threads: run.threads)
        } else {
            ReferenceKernels.fullyConnected(
                parameters, input: input, filter: weights, bias: bias, output: output)
        }
    }
}
