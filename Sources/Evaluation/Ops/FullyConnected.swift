import GraphIR
import Kernels

extension FullyConnected {
    func compute(_ run: NodeRun) throws {
        let filter = run.shape(1)
        let parameters = FullyConnectedParameters(
            batch: try run.rows(0).rows, inputs: filter[1], outputs: filter[0],
            activation: activation.fused)
        ReferenceKernels.fullyConnected(
            parameters, input: try run.floats(0), filter: try run.floats(1),
            bias: try run.optionalFloats(2), output: try run.floatOutput())
    }
}
