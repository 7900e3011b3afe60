import GraphIR
import TFLiteFormat
import Tensors

extension Graph {
    /// How many ascending boundaries each element reaches, as BUCKETIZE.
    ///
    ///     x ─ Reshape [N, C, 1] ─ ≥ b [K] ─ Cast ─ Sum(last axis) ─ Cast to int32        BUCKETIZE(x)
    ///
    /// Values between have no other use. NaN reaches all boundaries, as in Keras.
    func bucketGroup(_ node: Node) -> OperatorGroup? {
        guard case .cast = node.op, self[node.output].dtype == .int32,
            let sum = soleProducer(of: node.inputs[0]), case .reduce(let reduce) = sum.op,
            reduce.kind == .sum, let flags = soleProducer(of: sum.inputs[0]),
            case .cast = flags.op, let compare = soleProducer(of: flags.inputs[0]),
            case .binary(let binary) = compare.op, binary.kind == .greaterEqual,
            let boundaries = constant(compare.inputs[1])?.doubles(),
            let reshape = soleProducer(of: compare.inputs[0]), case .reshape = reshape.op
        else { return nil }
        let (x, shape) = (reshape.inputs[0], self[reshape.inputs[0]].shape)
        guard self[x].dtype == .float32, reduce.axes == [shape.rank],
            self[reshape.output].shape.dims == shape.dims + [1],
            self[node.output].shape == shape, boundaries == boundaries.sorted()
        else { return nil }
        return OperatorGroup(
            members: [reshape, compare, flags, sum, node].map(\.id), builtin: .bucketize,
            inputs: [.value(x)], outputs: [node.output],
            options: BucketizeOptions(boundaries: boundaries.map { Float($0) }))
    }
}
