import Kernels
import TFLiteFormat
import Tensors

/// The scale and zero point of each slice of a quantized tensor.
struct QuantizedSlices: Sendable {
    let scales: [Float]
    let zeroPoints: [Int64]
    /// Elements in a row of neighbours of one scale.
    let inner: Int

    init?(_ operand: Operand) {
        guard let quantization = operand.quantization,
            quantization.details == nil || quantization.details?.blocks != nil,
            quantization.zeroPoint.count == quantization.scale.count
        else { return nil }
        scales = quantization.scale
        zeroPoints = quantization.zeroPoint
        if let blocks = quantization.details?.blocks {
            guard blocks.length > 0, operand.shape.rank == 2,
                operand.shape[1] % blocks.length == 0,
                scales.count == operand.count / blocks.length
            else { return nil }
            inner = blocks.length
        } else if scales.count == 1 {
            inner = max(operand.count, 1)
        } else {
            let axis = quantization.quantizedDimension
            guard operand.shape.dims.indices.contains(axis),
                operand.shape.dims[axis] == scales.count
            else { return nil }
            inner = max(Shape(Array(operand.shape.dims[(axis + 1)...])).elementCount, 1)
        }
    }

    /// The slice of an element.
    func slice(_ index: Int) -> Int { index / inner % scales.count }

    /// Writes the numbers that integers stand for, as many as there are floats.
    func dequantize<Element: FixedWidthInteger>(
        _ source: UnsafeBufferPointer<Element>, to target: UnsafeMutableBufferPointer<Float>
    ) {
        dequantize(source, 0..<min(source.count, target.count), to: target)
    }

    /// Writes the numbers that the integers at some positions stand for.
    func dequantize<Element: FixedWidthInteger>(
        _ source: UnsafeBufferPointer<Element>, _ positions: Range<Int>,
        to target: UnsafeMutableBufferPointer<Float>
    ) {
        var start = positions.lowerBound
        while start < positions.upperBound {
            let end = min((start / inner + 1) * inner, positions.upperBound)
            let (scale, zero) = (Double(scales[slice(start)]), Double(zeroPoints[slice(start)]))
            for index in start..<end {
                target[index - positions.lowerBound] = Float(scale * (Double(source[index]) - zero))
            }
            start = end
        }
    }
}
