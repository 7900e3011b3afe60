import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// FULLY_CONNECTED: x of any rank, filter `[out, in]`, bias `[out]` or absent.
    ///
    /// Without `keep_num_dims` the result is `[count / in, out]`, whatever the file declares.
    func fullyConnected() throws -> PreparedOperator {
        let (x, filter) = (try floatInput(0), try floatInput(1))
        let (parameters, shape) = try fullyConnectedParameters(x, filter)
        let bias = try bias(2, count: parameters.outputs)
        return fullyConnected(parameters, x, filter, bias, try output(0, .float32, shape))
    }

    /// The shapes of FULLY_CONNECTED, and that of its result.
    func fullyConnectedParameters(
        _ x: Operand, _ filter: Operand
    ) throws -> (FullyConnectedParameters, Shape) {
        var activation = Clamp.none
        var keepsRank = false
        if let options = optionalOptions(FullyConnectedOptions.self) {
            guard options.weightsFormat == .default else {
                throw unsupported("its weights are shuffled")
            }
            guard options.activation != .tanh, options.activation != .signBit else {
                throw unsupported("its activation is \(options.activation.schemaName)")
            }
            activation = options.activation.clamp
            keepsRank = options.keepsRank
        }
        try require(filter, rank: 2)
        let (outputs, inputs) = (filter.shape[0], filter.shape[1])
        guard inputs > 0, x.count % inputs == 0 else {
            throw malformed("filter \(filter.shape) does not fit input \(x.shape)")
        }
        if keepsRank, x.shape.dims.last != inputs {
            throw malformed("filter \(filter.shape) does not fit input \(x.shape)")
        }
        let leading = keepsRank ? Array(x.shape.dims.dropLast()) : [x.count / inputs]
        let parameters = FullyConnectedParameters(
            batch: x.count / inputs, inputs: inputs, outputs: outputs, activation: activation)
        return (parameters, Shape(leading + [outputs]))
    }

    /// A constant filter is packed once if that is worth it; any other is read in place.
    func fullyConnected(
        _ parameters: FullyConnectedParameters, _ x: Operand, _ filter: Operand, _ bias: Operand?,
        _ y: Operand
    ) -> PreparedOperator {
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        if let weights = filter.known, let packed = weights.packed,
            let use = FastKernels.packing(
                batch: parameters.batch, inputs: inputs, outputs: outputs),
            use == .rows || packed.expectsManyProducts
        {
            let matrix = Once {
                packed.fullyConnected(
                    weights.floats, inputs: inputs, outputs: outputs, for: use)
            }
            return PreparedOperator(y) { context in
                FastKernels.fullyConnected(
                    parameters, input: context.floats(x), filter: matrix.value,
                    bias: context.floats(bias), output: context.floatOutput(y),
                    threads: context.threads)
            }
        }
        return PreparedOperator(y) { context in
            FastKernels.fullyConnected(
                parameters, input: context.floats(x), filter: context.floats(filter),
                bias: context.floats(bias), output: context.floatOutput(y), threads: context.threads
            )
        }
    }
}
