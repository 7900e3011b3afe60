import GraphIR

extension Graph {
    /// What a function of elements is applied to, if a value is its result.
    func operand(of value: ValueID, under kind: Unary.Kind) -> ValueID? {
        guard let node = producer(of: value), case .unary(let unary) = node.op, unary.kind == kind
        else { return nil }
        return node.inputs[0]
    }

    /// The two values that a function combines, if a value is its result and no clamp follows.
    func operands(of value: ValueID, under kind: Binary.Kind) -> (first: ValueID, second: ValueID)?
    {
        guard let node = producer(of: value), case .binary(let binary) = node.op,
            binary.kind == kind, binary.activation == .none
        else { return nil }
        return (node.inputs[0], node.inputs[1])
    }

    /// What is reduced along the last axis, which stays with extent 1.
    func reduced(_ value: ValueID, by kind: Reduce.Kind) -> ValueID? {
        guard let node = producer(of: value), case .reduce(let reduce) = node.op,
            reduce.kind == kind, reduce.keepDimensions,
            reduce.axes == [self[node.inputs[0]].shape.rank - 1]
        else { return nil }
        return node.inputs[0]
    }
}
