import GraphIR
import TFLiteFormat

extension ArgExtremum {
    /// ARG_MAX or ARG_MIN.
    func lower(_ node: NodeLowering) throws {
        let inputs = [try node.input(0), node.integer(axis, role: "axis")]
        let type = TFLiteTensorType(outputType)
        switch kind {
        case .max: try node.emit(.argMax, inputs, ArgMaxOptions(outputType: type))
        case .min: try node.emit(.argMin, inputs, ArgMinOptions(outputType: type))
        }
    }
}
