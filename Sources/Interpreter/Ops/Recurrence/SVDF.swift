import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// SVDF: x `[batch, in]`, features `[filters, in]`, times `[filters, memory]`, bias or absent, a state that the run changes.
    func svdf() throws -> PreparedOperator {
        let options = try options(SVDFOptions.self)
        let x = try floatInput(0)
        let (features, times) = (try floatInput(1), try floatInput(2))
        for operand in [x, features, times] { try require(operand, rank: 2) }
        let (filters, memory) = (features.shape[0], times.shape[1])
        guard options.rank > 0, filters % options.rank == 0, memory > 0 else {
            throw malformed("\(filters) filters do not have rank \(options.rank)")
        }
        let parameters = SVDFParameters(
            batch: x.shape[0], inputs: x.shape[1], filters: filters, rank: options.rank,
            memory: memory, activation: try cellFunction(options.activation))
        try require(features, [filters, x.shape[1]])
        try require(times, [filters, memory])
        let bias = try bias(3, count: parameters.units)
        let state = try stateVariable(4, parameters.batch * filters * memory)
        let y = try output(0, .float32, [x.shape[0], parameters.units])
        return PreparedOperator(y) { context in
            ReferenceKernels.svdf(
                parameters, input: context.floats(x), features: context.floats(features),
                times: context.floats(times), bias: context.floats(bias),
                state: context.floatOutput(state), output: context.floatOutput(y))
        }
    }
}
