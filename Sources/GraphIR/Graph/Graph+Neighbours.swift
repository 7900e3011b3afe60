extension Graph {
    /// The producer of a value that nothing but one node reads; nil if the value is read elsewhere or no node's result.
    package func soleProducer(of id: ValueID) -> Node? {
        useCount(of: id) == 1 ? producer(of: id) : nil
    }

    /// The only reader of a value; nil if there are several or the value is an output of the graph.
    package func soleUser(of id: ValueID) -> Node? {
        useCount(of: id) == 1 ? users(of: id).first : nil
    }

    /// How the outputs of a node change if its inputs are scaled and shifted.
    package func linearity(of node: Node) -> Linearity {
        node.op.payload.linearity(for: types(of: node.inputs))
    }

    /// Where the axes of a node's first output come from.
    package func axes(of node: Node) -> AxisMap {
        node.op.payload.axes(for: types(of: node.inputs))
    }

    /// The bytes of each value that is not a constant, with free extents counted as one.
    package var computedByteCounts: [Int] {
        values.filter { $0.constant == nil }.map(\.type.byteCount)
    }
}
