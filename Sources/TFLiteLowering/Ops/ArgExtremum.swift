import GraphIR
import TFLiteFormat

extension ArgExtremum {
    /// ARG_MAX or ARG_MIN.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32, .int32, .int8, .uint8, .bool])
        let inputs = [node.input(0), node.integer(axis, role: "axis")]
        let type = TFLiteFormat.TensorType(outputType)
        switch kind {
        case .max: node.emit(.argMax, inputs, ArgMaxOptions(outputType: type))
        case .min: node.emit(.argMin, inputs, ArgMinOptions(outputType: type))
        }
    }
}
