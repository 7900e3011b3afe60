import GraphIR
import Tensors

/// A table from which an operator picks rows for a vector of indices while the table stays stored.
enum TableLookup {
    /// Whether a node picks rows of a constant table, each of which fills whole bytes with elements of so many bits.
    ///
    /// Kernels begin each row with a byte.
    static func fits(_ node: Node, in graph: Graph, bits: Int) -> Bool {
        guard case .gather(let gather) = node.op, gather.axis == 0, gather.batchDimensions == 0
        else { return false }
        let (table, indices) = (graph[node.inputs[0]], graph[node.inputs[1]])
        return table.constant != nil && table.shape.rank == 2 && table.shape[1] * bits % 8 == 0
            && indices.dtype == .int32
            && indices.shape.dims.filter { $0 == Shape.free }.count <= 1
    }

    /// Lets a node that `fits` pick rows for a vector.
    ///
    ///     before   gather(table, indices)
    ///     after    reshape(gather(table, reshape(indices)))
    static func flatten(_ node: Node, in graph: inout Graph) {
        let (indices, output) = (graph[node.inputs[1]], graph[node.output])
        guard indices.shape.rank != 1 else { return }
        let count = indices.shape.isStatic ? indices.shape.elementCount : Shape.free
        func add(_ op: Op, _ inputs: [ValueID], _ type: TensorType, _ role: String) -> ValueID {
            let value = graph.addValue(type, name: "\(output.name)/\(role)")
            graph.addNode(
                op, inputs: inputs, outputs: [value], layer: node.layer,
                createdBy: "quantization", before: node.id)
            return value
        }
        let flat = add(
            Reshape([count]).op, [indices.id], TensorType(indices.dtype, [count]), "indices")
        let rows = add(
            node.op, [node.inputs[0], flat],
            TensorType(output.dtype, [count, output.shape.dims.last ?? 1]), "rows")
        graph.setInputs([rows], of: node.id, op: Reshape(output.shape.dims).op)
    }
}
