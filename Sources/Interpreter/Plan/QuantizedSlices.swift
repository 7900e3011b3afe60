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
        guard let quantization = operand.quantization, quantization.details == nil,
            quantization.zeroPoint.count == quantization.scale.count
        else { return nil }
        scales = quantization.scale
        zeroPoints = quantization.zeroPoint
        if scales.count == 1 {
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
        for row in stride(from: 0, to: min(source.count, target.count), by: inner) {
            let (scale, zero) = (Double(scales[slice(row)]), Double(zeroPoints[slice(row)]))
            for index in row..<min(row + inner, source.count, target.count) {
                target[index] = Float(scale * (Double(source[index]) - zero))
            }
        }
    }
}
