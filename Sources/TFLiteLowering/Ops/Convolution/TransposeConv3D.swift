import GraphIR
import TFLiteFormat
import Tensors

extension TransposeConv3D {
    /// CONV_3D_TRANSPOSE, whose output extents are a constant, or are computed if some are free.
    func lower(_ node: NodeLowering) throws {
        let extents = try extents(node)
        let bias = node.node.inputs.count > 2 ? [try node.input(2)] : []
        try node.emit(
            .conv3DTranspose,
            [extents, node.input(1), node.input(0)] + bias,
            Conv3DOptions(
                padding: .init(padding), strideDepth: strides.depth,
                strideWidth: strides.width, strideHeight: strides.height,
                activation: .init(activation)))
    }

    /// The output extents; if the batch alone is free, it is joined with the others.
    private func extents(_ node: NodeLowering) throws -> TensorIndex {
        let sizes = Shape(Array(node.outputType.shape.dims.dropFirst()))
        guard !node.outputType.shape.isStatic, sizes.isStatic else {
            return try node.emitTransposedExtents(
                strides: [strides.depth, strides.height, strides.width],
                margins: [margin.depth, margin.height, margin.width])
        }
        let shape = try node.emitExtents(of: node.input(0), rank: 5)
        let batch = node.step(TensorType(.int32, [1]), role: "\(BuiltinOperator.slice)")
        try node.emitSlice(shape, to: batch, begin: [0], sizes: [1])
        return try node.emitJoined(
            [batch, node.integers(sizes.dims, role: "extents")], count: 5)
    }
}
