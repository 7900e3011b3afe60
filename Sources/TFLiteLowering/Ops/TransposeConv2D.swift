import GraphIR
import TFLiteFormat
import Tensors

extension TransposeConv2D {
    /// TRANSPOSE_CONV, whose output extents are a constant; a free batch needs another form.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let result = node.outputType.shape
        guard result.isStatic else { return try lowerAsConvolution(node) }
        let bias = node.node.inputs.count > 2 ? [node.input(2)] : []
        node.emit(
            .transposeConv,
            [node.integers(result.dims, role: "shape"), node.input(1), node.input(0)] + bias,
            .transposeConv(
                TransposeConvOptions(
                    padding: .init(padding), strideWidth: strides.width,
                    strideHeight: strides.height, activation: .init(activation))))
    }
}
