/// One operation of a graph.
///
/// A node does not change; a graph holds another one in its place. Passes look at every node many times, which then share it.
package final class Node: Sendable {
    package let id: NodeID
    package let op: Op
    package let inputs: [ValueID]
    package let outputs: [ValueID]
    /// The Keras layer that asked for this operation, as a path through nested models.
    package let layer: String
    /// The pass that made this node; nil for nodes made by the importer.
    package let createdBy: String?

    package init(
        id: NodeID, op: Op, inputs: [ValueID], outputs: [ValueID], layer: String,
        createdBy: String? = nil
    ) {
        self.id = id
        self.op = op
        self.inputs = inputs
        self.outputs = outputs
        self.layer = layer
        self.createdBy = createdBy
    }

    /// The first output; every node has one.
    package var output: ValueID { outputs[0] }

    /// The node with another operation of the same inputs and outputs.
    func with(_ op: Op) -> Node {
        Node(
            id: id, op: op, inputs: inputs, outputs: outputs, layer: layer, createdBy: createdBy)
    }

    /// The node that reads `new` wherever this one reads `old`.
    func reading(_ new: ValueID, insteadOf old: ValueID) -> Node {
        Node(
            id: id, op: op, inputs: inputs.map { $0 == old ? new : $0 }, outputs: outputs,
            layer: layer, createdBy: createdBy)
    }
}
