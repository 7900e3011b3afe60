import GraphIR
import TFLiteFormat

extension Concatenate {
    /// CONCATENATION; a single input is copied.
    func lower(_ node: NodeLowering) throws {
        guard node.node.inputs.count > 1 else { return try node.emitReshape() }
        let inputs = try node.inputs
        // Tensors are numbered as if the whole were joined at once: the result before what leads to it.
        if let whole = node.wholeOfParts() { _ = try node.writer.tensor(for: whole.output) }
        try node.emit(.concatenation, inputs, ConcatenationOptions(axis: axis))
    }
}

extension NodeLowering {
    /// The concatenation that the target made this one a part of; nil if there is none.
    fileprivate func wholeOfParts() -> Node? {
        guard node.createdBy != nil else { return nil }
        let users = writer.graph.users(of: node.output)
        guard users.count == 1, users[0].op == node.op, users[0].createdBy == node.createdBy else {
            return nil
        }
        return NodeLowering(users[0], writer).wholeOfParts() ?? users[0]
    }
}
