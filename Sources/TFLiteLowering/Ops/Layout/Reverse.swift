import GraphIR
import TFLiteFormat

extension Reverse {
    /// REVERSE_V2; no axes are a copy.
    func lower(_ node: NodeLowering) throws {
        if axes.isEmpty { return try node.emitReshape() }
        try node.emit(.reverseV2, [node.input(0), node.integers(axes, role: "axes")])
    }
}
