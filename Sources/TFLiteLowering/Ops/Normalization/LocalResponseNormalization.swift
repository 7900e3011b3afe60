import GraphIR
import TFLiteFormat

extension LocalResponseNormalization {
    /// LOCAL_RESPONSE_NORMALIZATION.
    func lower(_ node: NodeLowering) throws {
        try node.emit(
            .localResponseNormalization, node.inputs,
            LocalResponseNormalizationOptions(
                radius: radius, bias: bias, alpha: alpha, beta: beta))
    }
}
