import GraphIR
import TFLiteFormat

extension Gather {
    /// GATHER, or EMBEDDING_LOOKUP if the table is stored but what is picked from it is not.
    func lower(_ node: NodeLowering) throws {
        if node.storage(of: node.node.inputs[0]) != .expressed,
            node.storage(of: node.node.output) == .expressed
        {
            return try node.emit(.embeddingLookup, [node.input(1), node.input(0)])
        }
        try node.emit(
            .gather, node.inputs,
            GatherOptions(axis: axis, batchDimensions: batchDimensions))
    }
}
