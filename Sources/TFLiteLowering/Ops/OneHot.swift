import GraphIR
import TFLiteFormat
import Tensors

extension OneHot {
    /// ONE_HOT along a new last axis.
    func lower(_ node: NodeLowering) throws {
        let type = node.inputType(0)
        var indices = node.input(0)
        if type.dtype != .int32, type.dtype != .int64 {
            indices = node.emitStep(
                .cast, [indices], .init(.int32, type.shape),
                CastOptions(inputType: .init(type.dtype), outputType: .int32))
        }
        node.emit(
            .oneHot,
            [
                indices, node.integer(depth, role: "depth"),
                node.scalar(Double(on), .float32, role: "on"),
                node.scalar(Double(off), .float32, role: "off"),
            ], OneHotOptions(axis: -1))
    }
}
