import GraphIR
import TFLiteFormat

extension Reshape {
    /// RESHAPE; −1 stands only where an extent is free.
    func lower(_ node: NodeLowering) throws {
        try node.emitReshape(node.input(0), to: node.outputType.shape)
    }
}
