import GraphIR
import TFLiteFormat
import Targets

extension Unary {
    /// The operator of the function's name.
    func lower(_ node: NodeLowering) throws {
        try node.emit(kind.builtin, node.inputs)
    }
}
