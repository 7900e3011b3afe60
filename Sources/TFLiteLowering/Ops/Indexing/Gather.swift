import GraphIR
import TFLiteFormat

extension Gather {
    /// GATHER.
    func lower(_ node: NodeLowering) throws {
        try node.emit(
            .gather, node.inputs,
            GatherOptions(axis: axis, batchDimensions: batchDimensions))
    }
}
