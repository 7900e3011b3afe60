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
        guard let quantization = operand.quantization, quantization.detailsTag == 0,
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

    /// The numbers that integers stand for; as many as there are floats.
    func widen<Element: FixedWidthInteger>(
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

extension OperatorPreparation {
    /// DEQUANTIZE: half-precision floats widened, or `scale · (integer − zero point)`.
    mutating func dequantize() throws -> Kernel {
        let x = try input(0)
        let y = try output(0, .float32, x.shape)
        if x.dtype == .float16 || x.dtype == .bfloat16 {
            return { frame in
                _ = ReferenceKernels.cast(
                    from: x.dtype, to: .float32, count: x.count, input: frame.bytes(x),
                    output: frame.output(y))
            }
        }
        guard let slices = QuantizedSlices(x) else { throw malformed("its input has no scale") }
        func kernel<Element: FixedWidthInteger & Sendable>(_: Element.Type) -> Kernel {
            { frame in
                slices.widen(
                    UnsafeBufferPointer(start: frame.elements(x, Element.self), count: x.count),
                    to: UnsafeMutableBufferPointer(start: frame.floatOutput(y), count: x.count))
            }
        }
        switch x.dtype {
        case .int8: return kernel(Int8.self)
        case .uint8: return kernel(UInt8.self)
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        default: throw unsupported(x.dtype)
        }
    }

    /// QUANTIZE of floats: `round(x / scale) + zero point`, limited to the type.
    mutating func quantize() throws -> Kernel {
        let x = try floatInput(0)
        guard let target = declaredType(0) else { throw malformed("output 0 is missing") }
        let y = try output(0, target, x.shape, quantized: true)
        guard let slices = QuantizedSlices(y) else { throw malformed("its output has no scale") }
        func kernel<Element: FixedWidthInteger & Sendable>(_: Element.Type) -> Kernel {
            { frame in
                let (source, result) = (frame.floats(x), frame.output(y, as: Element.self))
                for index in 0..<x.count {
                    let slice = slices.slice(index)
                    let steps = (source[index] / slices.scales[slice])
                        .rounded(.toNearestOrAwayFromZero)
                    result[index] = Element(
                        clampingValue: Double(steps) + Double(slices.zeroPoints[slice]))
                }
            }
        }
        switch target {
        case .int8: return kernel(Int8.self)
        case .uint8: return kernel(UInt8.self)
        case .int16: return kernel(Int16.self)
        default: throw unsupported(target)
        }
    }
}
