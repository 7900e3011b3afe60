import GraphIR
import TFLiteFormat

extension ShapeOf {
    /// SHAPE.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.shape, [node.input(0)], ShapeOptions(outputType: .int32))
    }
}
