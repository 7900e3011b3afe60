import GraphIR
import TFLiteFormat
import Tensors

extension TransposeConv2D {
    /// TRANSPOSE_CONV, whose output extents are a constant, or are computed if some are free.
    func lower(_ node: NodeLowering) throws {
        let bias = node.node.inputs.count > 2 ? [try node.input(2)] : []
        let extents = try node.emitTransposedExtents(
            strides: [strides.height, strides.width], margins: [margin.height, margin.width])
        try node.emit(
            .transposeConv,
            [extents, node.input(1), node.input(0)] + bias,
            TransposeConvOptions(
                padding: .init(padding), strideWidth: strides.width,
                strideHeight: strides.height, activation: .init(activation)))
    }
}

extension NodeLowering {
    /// The output extents `[N, sizes…, out]` of a transposed convolution of the first input: a constant, or computed at run
    /// time as the input's extents times the strides plus the margins.
    func emitTransposedExtents(strides: [Int], margins: [Int]) throws -> TensorIndex {
        let result = outputType.shape
        if result.isStatic { return integers(result.dims, role: "shape") }
        let last = result.rank - 1
        let shape = try emitExtents(of: input(0), rank: result.rank)
        let factors = result.dims.enumerated().map { axis, extent in
            extent != Shape.free ? 0 : axis == 0 ? 1 : strides[axis - 1]
        }
        let terms = result.dims.enumerated().map { axis, extent in
            extent != Shape.free ? extent : axis == 0 || axis == last ? 0 : margins[axis - 1]
        }
        return try emitScaled(shape, by: factors, plus: terms)
    }
}
