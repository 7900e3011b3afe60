import Cost
import Foundations
import GraphIR
import Tensors

extension OperatorWork {
    /// What the operator of an operation does in one run; free extents count as 1.
    ///
    /// - Parameters:
    ///   - inputs: the types of all inputs, constants included.
    ///   - constants: the positions of the inputs that are constants.
    package init(
        of op: Op, inputs: [TensorType], constants: Range<Int>, outputs: [TensorType]
    ) {
        func bytes(_ types: some Sequence<TensorType>) -> Int {
            types.reduce(0) { saturatingSum($0, $1.byteCount) }
        }
        let computed = inputs.indices.filter { !constants.contains($0) }.map { inputs[$0] }
        self.init(
            op.builtin.map { OperatorClass($0) } ?? .other,
            multiplyAccumulates: op.payload.multiplyAccumulates(inputs: inputs, outputs: outputs),
            activationBytes: saturatingSum(bytes(computed), bytes(outputs)),
            weightBytes: bytes(inputs[constants]), spread: Self.spread(of: op, inputs, outputs))
    }

    private static func spread(
        of op: Op, _ inputs: [TensorType], _ outputs: [TensorType]
    ) -> ChannelSpread? {
        guard case .depthwiseConv2D = op, inputs.count > 1, outputs.count == 1 else { return nil }
        return ChannelSpread(
            input: inputs[0].shape.dims, filter: inputs[1].shape.dims,
            output: outputs[0].shape.resolvingFree().dims)
    }
}
