import GraphIR
import TFLiteFormat
import Tensors

extension Graph {
    /// Slices that part a value along one axis, as SPLIT or SPLIT_V; slices of one index, without the axis, as UNPACK.
    ///
    ///     x ─ Slice 0..<3 ─ a
    ///     x ─ Slice 3..<6 ─ b        SPLIT(x) = a, b
    func splitGroup(_ node: Node) -> OperatorGroup? {
        // The first part stands for all, so that a value with many readers is looked at once.
        guard let part = part(node), part.range.lowerBound == 0 else { return nil }
        let input = node.inputs[0]
        let readers = users(of: input)
        guard readers.count > 1, readers.count <= 1 << 12 else { return nil }
        let parts = readers.compactMap { self.part($0) }.filter { $0.axis == part.axis }
            .sorted { $0.range.lowerBound < $1.range.lowerBound }
        guard parts.count > 1, parts[0].range.lowerBound == 0,
            parts.last?.range.upperBound == self[input].shape[part.axis],
            zip(parts, parts.dropFirst()).allSatisfy({ $0.range.upperBound == $1.range.lowerBound })
        else { return nil }
        return unpackGroup(parts) ?? splitGroup(parts, of: input)
    }

    private func splitGroup(_ parts: [Part], of input: ValueID) -> OperatorGroup {
        let sizes = parts.map(\.range.count)
        let axis = OperatorGroup.Operand.integer(parts[0].axis, role: "axis")
        let x = OperatorGroup.Operand.value(input)
        let areEqual = sizes.allSatisfy { $0 == sizes[0] }
        return OperatorGroup(
            members: parts.map(\.node.id), standsFirst: true, builtin: areEqual ? .split : .splitV,
            inputs: areEqual ? [axis, x] : [x, .integers(sizes, role: "sizes"), axis],
            outputs: parts.map(\.node.output),
            options: areEqual
                ? SplitOptions(splitCount: parts.count) : SplitVOptions(splitCount: parts.count))
    }

    private func unpackGroup(_ parts: [Part]) -> OperatorGroup? {
        var shape = self[parts[0].node.output].shape.dims
        let axis = parts[0].axis
        guard shape[axis] == 1 else { return nil }
        shape.remove(at: axis)
        let reshapes = parts.compactMap { part -> Node? in
            guard let user = soleUser(of: part.node.output), case .reshape = user.op,
                self[user.output].shape.dims == shape
            else { return nil }
            return user
        }
        guard reshapes.count == parts.count else { return nil }
        return OperatorGroup(
            members: (parts.map(\.node) + reshapes).map(\.id), standsFirst: true, builtin: .unpack,
            inputs: [.value(parts[0].node.inputs[0])], outputs: reshapes.map(\.output),
            options: UnpackOptions(count: parts.count, axis: axis))
    }

    /// A slice along one axis of known extent.
    private struct Part {
        let node: Node
        let axis: Int
        let range: Range<Int>
    }

    private func part(_ node: Node) -> Part? {
        guard case .slice(let slice) = node.op, slice.strides.allSatisfy({ $0 == 1 }) else {
            return nil
        }
        let shape = self[node.inputs[0]].shape
        let axes = shape.dims.indices.filter { !slice.isWhole($0, of: shape) }
        guard axes.count == 1, shape[axes[0]] != Shape.free else { return nil }
        let begin = slice.begin[axes[0]]
        return Part(
            node: node, axis: axes[0], range: begin..<begin + self[node.output].shape[axes[0]])
    }
}
