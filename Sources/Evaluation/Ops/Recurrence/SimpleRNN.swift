import GraphIR
import Kernels

extension SimpleRNN {
    func compute(_ run: NodeRun) throws {
        let parameters = run.recurrence(activation)
        let weights = GateWeights(
            kernel: try run.floats(1), recurrent: try run.floats(2), bias: try run.floats(3))
        let (input, output) = (try run.floats(0), try run.floatOutput())
        try run.withHiddenState(4, parameters) { hidden in
            if run.isFast {
                FastKernels.simpleRNN(
                    parameters, weights: weights, input: input, hidden: hidden, output: output,
                    threads: run.threads)
            } else {
                ReferenceKernels.simpleRNN(
                    parameters, weights: weights, input: input, hidden: hidden, output: output)
            }
        }
    }
}
