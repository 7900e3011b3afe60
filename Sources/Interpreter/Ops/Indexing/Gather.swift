import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// GATHER: slices of x along an axis at indices, which count from 0.
    func gather() throws -> PreparedOperator {
        var axisOption = 0
        var batchDimensions = 0
        if let options = optionalOptions(GatherOptions.self) {
            (axisOption, batchDimensions) = (options.axis, options.batchDimensions)
        }
        let (x, indices) = (try input(0), try plainInput(1))
        let axis = try axis(axisOption, of: x.shape)
        if batchDimensions < 0 { batchDimensions += indices.shape.rank }
        guard batchDimensions >= 0, batchDimensions <= axis,
            batchDimensions <= indices.shape.rank,
            x.shape.dims.prefix(batchDimensions) == indices.shape.dims.prefix(batchDimensions)
        else { throw malformed("\(batchDimensions) batch axes of \(x.shape)") }
        return try pick(x, axis: axis, batchDimensions, indices)
    }

    /// The slices of x along an axis at the indices, for each record of the leading batch axes.
    func pick(
        _ x: Operand, axis: Int, _ batchDimensions: Int, _ indices: Operand
    ) throws -> PreparedOperator {
        let shape = Shape(
            Array(x.shape.dims.prefix(axis)) + indices.shape.dims.dropFirst(batchDimensions)
                + x.shape.dims.dropFirst(axis + 1))
        let y = try output(0, x.dtype, shape, quantized: true)
        let outside = malformed("an index is outside axis \(axis) of \(x.shape)")
        func kernel<Index: FixedWidthInteger & BitwiseCopyable & Sendable>(
            _: Index.Type
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                let isInside = LayoutKernels.gather(
                    x.shape, axis: axis, batchDims: batchDimensions, indicesShape: indices.shape,
                    indices: context.elements(indices, Index.self), elementSize: x.elementSize,
                    input: context.bytes(x), output: context.output(y))
                if !isInside { throw outside }
            }
        }
        switch indices.dtype {
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        default: throw unsupported(indices.dtype)
        }
    }
}
