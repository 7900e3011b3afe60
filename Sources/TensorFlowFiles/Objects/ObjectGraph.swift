import Problems

/// The Python objects that a checkpoint was made from, with the names of their attributes: `TrackableObjectGraph`.
///
/// Object 0 is the one that was saved. Objects may be reached in several ways, and in circles.
package struct ObjectGraph: Sendable {
    /// An object.
    package struct Node: Sendable {
        /// The objects in it by the names of the attributes, in the order in which they were set.
        package let children: [(name: String, node: Int)]
        /// The key of its value in the checkpoint, if it is a variable.
        package let key: String?
        /// The name of the variable in the graph (`block/conv/kernel`); empty for other objects.
        package let variableName: String
        /// What the keys of its keys and values begin with, if it is a table: `-keys` and `-values` follow.
        package let tableKey: String?
    }

    package let nodes: [Node]

    private static let what = "object graph of a TensorFlow checkpoint"

    /// Reads the message `TrackableObjectGraph`.
    ///
    /// - Throws: `malformed` or `truncated` for damaged messages and for references to missing objects.
    package init(_ bytes: UnsafeRawBufferPointer) throws {
        let messages = try ProtobufMessage(bytes: bytes, what: Self.what).messages(1)
        nodes = try messages.map { try Self.node($0, count: messages.count) }
    }

    /// The object in an attribute of another.
    package func child(_ name: String, of node: Int) -> Int? {
        nodes[node].children.first { $0.name == name }?.node
    }

    private static func node(_ message: ProtobufMessage, count: Int) throws -> Node {
        let children = try message.messages(1).map { child in
            let node = try child.integer(1)
            guard (0..<Int64(count)).contains(node) else {
                throw Problem(.malformed(what: what, reason: "an object \(node) is missing"))
            }
            return (name: try child.text(2), node: Int(node))
        }
        let attributes = try message.messages(2)
        let value = try attributes.first { try $0.text(1) == "VARIABLE_VALUE" }
        let table = try attributes.first { try $0.text(1) == "table" }
        return Node(
            children: children, key: try value.map { try $0.text(3) },
            variableName: try value?.text(2) ?? "", tableKey: try table.map { try $0.text(3) })
    }
}
