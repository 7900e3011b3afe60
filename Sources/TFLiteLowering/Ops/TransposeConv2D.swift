import GraphIR
import TFLiteFormat
import Tensors

extension TransposeConv2D {
    /// TRANSPOSE_CONV, whose output extents are a constant, or are computed where the size is free; if only the batch is, a
    /// convolution that knows all sizes.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let result = node.outputType.shape
        let isSized = result[1] != Shape.free && result[2] != Shape.free
        if !result.isStatic, isSized, node.constant(1) != nil {
            return try lowerAsConvolution(node)
        }
        let bias = node.node.inputs.count > 2 ? [node.input(2)] : []
        let extents =
            result.isStatic
            ? node.integers(result.dims, role: "shape")
            : node.emitTransposedExtents(
                result, strides: [strides.height, strides.width],
                margins: [margin.height, margin.width])
        node.emit(
            .transposeConv,
            [extents, node.input(1), node.input(0)] + bias,
            TransposeConvOptions(
                padding: .init(padding), strideWidth: strides.width,
                strideHeight: strides.height, activation: .init(activation)))
    }
}

extension NodeLowering {
    /// The output extents `[N, sizes…, out]` of a transposed convolution of the first input, computed at run time: its
    /// extents times the strides plus the margins, or what is known.
    func emitTransposedExtents(_ result: Shape, strides: [Int], margins: [Int]) -> Int {
        let last = result.rank - 1
        let shape = emitExtents(of: input(0), rank: result.rank)
        let factors = result.dims.enumerated().map { axis, extent in
            extent != Shape.free ? 0 : axis == 0 ? 1 : strides[axis - 1]
        }
        let terms = result.dims.enumerated().map { axis, extent in
            extent != Shape.free ? extent : axis == 0 || axis == last ? 0 : margins[axis - 1]
        }
        return emitScaled(shape, by: factors, plus: terms)
    }
}
