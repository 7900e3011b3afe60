import GraphIR
import TFLiteFormat

extension Reverse {
    /// REVERSE_V2, one axis after the other: older runtimes know only one at a time.
    func lower(_ node: NodeLowering) throws {
        guard let last = axes.last else { return try node.emitCopy() }
        var x = node.input(0)
        for axis in axes.dropLast() {
            x = node.emitStep(
                .reverseV2, [x, node.integers([axis], role: "axes")], node.outputType,
                EmptyOptions.reverseV2)
        }
        node.emit(.reverseV2, [x, node.integers([last], role: "axes")], EmptyOptions.reverseV2)
    }
}
