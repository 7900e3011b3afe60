import GraphIR
import TFLiteFormat

extension Pad {
    /// PAD for zeros, PADV2 for another value.
    func lower(_ node: NodeLowering) throws {
        let (x, y) = (try node.input(0), try node.output())
        let padding = node.integers(
            amounts.flatMap { [$0.before, $0.after] }, [amounts.count, 2], role: "padding")
        if value == 0 { return try node.emit(.pad, [x, padding], to: [y]) }
        let scalar = try node.scalar(amongElements: Double(value), role: "padding_value")
        try node.emit(.padV2, [x, padding, scalar], to: [y])
    }
}
