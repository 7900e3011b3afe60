import GraphIR
import TFLiteFormat

extension ReverseSequence {
    /// REVERSE_SEQUENCE.
    func lower(_ node: NodeLowering) throws {
        try node.emit(
            .reverseSequence, node.inputs,
            ReverseSequenceOptions(sequenceAxis: axis, batchAxis: batchAxis))
    }
}
