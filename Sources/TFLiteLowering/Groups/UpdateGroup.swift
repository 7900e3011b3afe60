import GraphIR
import TFLiteFormat
import Tensors

extension Graph {
    /// A block of a value that another one takes the place of, as DYNAMIC_UPDATE_SLICE.
    ///
    ///     u ─ Pad ─ Select(true where u is, ·, x) ─ y        DYNAMIC_UPDATE_SLICE(x, u) = y
    ///
    /// The padded value has no other use.
    func updateGroup(_ node: Node) -> OperatorGroup? {
        guard case .select = node.op, let mask = constant(node.inputs[0]),
            let padded = soleProducer(of: node.inputs[1]), case .pad(let pad) = padded.op,
            self[node.inputs[2]].type == self[node.output].type
        else { return nil }
        let shape = self[node.output].shape
        let block = self[padded.inputs[0]].shape
        guard shape.isStatic, mask.shape == shape, self[padded.output].shape == shape,
            shape.elementCount <= 1 << 20, constant(padded.inputs[0]) == nil
        else { return nil }
        let begin = pad.amounts.map(\.before)
        for (position, isBlock) in mask.doubles().enumerated() {
            let isInside = shape.dims.indices.allSatisfy { axis in
                let index = position / shape.strides[axis] % shape[axis] - begin[axis]
                return (0..<block[axis]).contains(index)
            }
            guard isInside == (isBlock != 0) else { return nil }
        }
        return OperatorGroup(
            members: [padded.id, node.id], builtin: .dynamicUpdateSlice,
            inputs: [
                .value(node.inputs[2]), .value(padded.inputs[0]), .integers(begin, role: "begin"),
            ],
            outputs: [node.output])
    }
}
