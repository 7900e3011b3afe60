import GraphIR
import TFLiteFormat
import Tensors

extension TransposeConv3D {
    /// CONV_3D_TRANSPOSE, whose output extents are a constant.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let result = node.outputType.shape
        guard result.isStatic else {
            throw node.needsKnownSize("a 3-D transposed convolution needs a fixed batch")
        }
        let bias = node.node.inputs.count > 2 ? [node.input(2)] : []
        node.emit(
            .conv3DTranspose,
            [node.integers(result.dims, role: "shape"), node.input(1), node.input(0)] + bias,
            .conv3D(
                Conv3DOptions(
                    padding: .init(padding), strideDepth: strides.depth,
                    strideWidth: strides.width, strideHeight: strides.height,
                    activation: .init(activation))))
    }
}
