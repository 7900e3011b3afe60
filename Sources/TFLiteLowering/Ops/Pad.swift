import GraphIR
import TFLiteFormat

extension Pad {
    /// PAD for zeros, PADV2 for another value.
    func lower(_ node: NodeLowering) throws {
        try node.lowerMergingAxes(limit: 5, key: { amounts[$0] == [0, 0] ? -1 : $0 }) {
            input, output, groups in
            let padding = node.integers(
                groups.flatMap { amounts[$0.lowerBound] }, [groups.count, 2], role: "padding")
            if value == 0 {
                node.emit(.pad, [input, padding], to: [output], EmptyOptions.pad)
            } else {
                let scalar = node.scalar(
                    Double(value), node.inputType(0).dtype, role: "padding_value")
                node.emit(.padV2, [input, padding, scalar], to: [output], EmptyOptions.padV2)
            }
        }
    }
}
