import GraphIR
import TFLiteFormat

extension Cast {
    /// CAST.
    func lower(_ node: NodeLowering) throws {
        if node.inputType(0).dtype == to { return try node.emitReshape() }
        try node.emit(
            .cast, node.inputs,
            CastOptions(inputType: .init(node.inputType(0).dtype), outputType: .init(to)))
    }
}
