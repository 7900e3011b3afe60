import Problems
import Tensors

/// A change to a graph, proposed by a pass and applied by the driver.
///
/// A patch adds constants and nodes and lets readers of old values read new ones. New nodes stand where the producer of the
/// first replaced value stands; they may read whatever that producer could read. `PatchWriter` makes patches that add something.
package struct GraphPatch: Sendable {
    /// A node to be added.
    package struct NewNode: Sendable {
        package let op: Op
        package let inputs: [ValueID]
        package let outputs: [ValueID]
        package let layer: String
    }

    package internal(set) var values: [Value] = []
    package internal(set) var nodes: [NewNode] = []
    package internal(set) var replacements: [(old: ValueID, new: ValueID)] = []
    package private(set) var removal: NodeID?
    /// Why a better rewrite was not possible, for the report.
    package var note: String?

    /// A patch that lets every reader of some values read others, which take over their names.
    package init(_ replacements: [(old: ValueID, new: ValueID)] = []) {
        self.replacements = replacements
    }

    /// A patch that removes a node whose outputs nothing reads.
    package init(removing node: NodeID) {
        removal = node
    }
}

extension Graph {
    /// Applies a patch that was made for this graph in its present state and drops what it leaves unused.
    ///
    /// - Returns: the number of nodes added and removed.
    /// - Throws: `Problem.Kind.invalidGraph` if the patch changes a type or does nothing.
    @discardableResult
    package mutating func apply(
        _ patch: consuming GraphPatch, pass: String
    ) throws -> (added: Int, removed: Int) {
        let anchor = patch.replacements.first.flatMap { producer(of: $0.old) }
        guard anchor != nil || (patch.replacements.isEmpty && patch.removal != nil) else {
            throw Problem(.invalidGraph("a patch replaces nothing", pass: pass))
        }
        for value in patch.values {
            _ = addValue(value.type, name: value.name, constant: value.constant)
        }
        for (old, new) in patch.replacements where self[old].type != self[new].type {
            throw Problem(
                .invalidGraph(
                    "'\(self[old].name)' changes from \(self[old].type) to \(self[new].type)",
                    pass: pass), layer: anchor?.layer)
        }
        for node in patch.nodes {
            addNode(
                node.op, inputs: node.inputs, outputs: node.outputs, layer: node.layer,
                createdBy: pass, before: anchor?.id)
        }
        var removed = 0
        for (old, new) in patch.replacements {
            let producer = producer(of: old)
            redirect(old, to: new)
            if let producer { removed += removeDead(from: producer.id).count }
        }
        if let node = patch.removal { removed += removeDead(from: node).count }
        return (patch.nodes.count, removed)
    }
}
