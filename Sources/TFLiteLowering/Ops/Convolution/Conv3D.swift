import GraphIR
import TFLiteFormat

extension Conv3D {
    /// CONV_3D; without bias the third input is left out.
    func lower(_ node: NodeLowering) throws {
        try node.emit(
            .conv3D, node.inputs,
            Conv3DOptions(
                padding: .init(padding), strideDepth: strides.depth,
                strideWidth: strides.width, strideHeight: strides.height,
                activation: .init(activation), dilationDepth: dilations.depth,
                dilationWidth: dilations.width, dilationHeight: dilations.height))
    }
}
