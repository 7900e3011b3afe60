import GraphIR
import TFLiteFormat

extension DepthwiseConv2D {
    /// DEPTHWISE_CONV_2D; the delegate relies on the multiplier in the options.
    func lower(_ node: NodeLowering) throws {
        let outputs = node.inputType(1).shape[3]
        try node.emit(
            .depthwiseConv2D, [node.input(0), node.input(1), node.bias(2, count: outputs)],
            DepthwiseConv2DOptions(
                padding: .init(padding), strideWidth: strides.width,
                strideHeight: strides.height,
                depthMultiplier: outputs / node.inputType(0).shape[3],
                activation: .init(activation), dilationWidth: dilations.width,
                dilationHeight: dilations.height))
    }
}
