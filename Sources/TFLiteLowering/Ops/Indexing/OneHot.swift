import GraphIR
import TFLiteFormat
import Tensors

extension OneHot {
    /// ONE_HOT along a new last axis.
    func lower(_ node: NodeLowering) throws {
        try node.emit(
            .oneHot,
            [
                node.input(0), node.integer(depth, role: "depth"),
                node.scalar(Double(on), .float32, role: "on"),
                node.scalar(Double(off), .float32, role: "off"),
            ], OneHotOptions(axis: -1))
    }
}
