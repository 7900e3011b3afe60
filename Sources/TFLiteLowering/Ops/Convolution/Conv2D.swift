import GraphIR
import TFLiteFormat

extension Conv2D {
    /// CONV_2D; groups follow from the shapes.
    func lower(_ node: NodeLowering) throws {
        let outputs = node.inputType(1).shape[0]
        try node.emit(
            .conv2D, [node.input(0), node.input(1), node.bias(2, count: outputs)],
            Conv2DOptions(
                padding: .init(padding), strideWidth: strides.width,
                strideHeight: strides.height, activation: .init(activation),
                dilationWidth: dilations.width, dilationHeight: dilations.height))
    }
}
