import GraphIR
import TFLiteFormat
import Tensors

extension TransposeConv3D {
    /// CONV_3D_TRANSPOSE; its output extents are a constant unless some are free.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let result = node.outputType.shape
        let extents =
            result.isStatic
            ? node.integers(result.dims, role: "shape") : try extents(of: result, node)
        let bias = node.node.inputs.count > 2 ? [node.input(2)] : []
        node.emit(
            .conv3DTranspose,
            [extents, node.input(1), node.input(0)] + bias,
            Conv3DOptions(
                padding: .init(padding), strideDepth: strides.depth,
                strideWidth: strides.width, strideHeight: strides.height,
                activation: .init(activation)))
    }

    /// The output extents, computed at run time: the operator takes no free extent.
    private func extents(of result: Shape, _ node: NodeLowering) throws -> Int {
        guard Shape(Array(result.dims.dropFirst())).isStatic else {
            return node.emitTransposedExtents(
                result, strides: [strides.depth, strides.height, strides.width],
                margins: [margin.depth, margin.height, margin.width])
        }
        let shape = node.emitStep(
            .shape, [node.input(0)], GraphIR.TensorType(.int32, [5]),
            ShapeOptions(outputType: .int32))
        let batch = node.emitStep(
            .slice, [shape, node.integers([0], role: "begin"), node.integers([1], role: "size")],
            GraphIR.TensorType(.int32, [1]), EmptyOptions.slice)
        let known = node.integers(Array(result.dims.dropFirst()), role: "extents")
        return node.emitStep(
            .concatenation, [batch, known], GraphIR.TensorType(.int32, [5]),
            ConcatenationOptions(axis: 0))
    }
}
