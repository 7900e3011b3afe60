import Kernels
import Tensors

extension OperatorPreparation {
    /// QUANTIZE of floats: `round(x / scale) + zero point`, limited to the type.
    func quantize() throws -> PreparedOperator {
        let x = try floatInput(0)
        guard let target = declaredType(0) else { throw malformed("output 0 is missing") }
        let y = try output(0, target, x.shape, quantized: true)
        guard let slices = QuantizedSlices(y) else { throw malformed("its output has no scale") }
        if target == .int8, slices.scales.count == 1 {
            let scale = slices.scales[0]
            let zeroPoint = Int32(min(max(slices.zeroPoints[0], -1 << 20), 1 << 20))
            return PreparedOperator(y) { context in
                FastKernels.quantize(
                    count: x.count, scale: scale, zeroPoint: zeroPoint, input: context.floats(x),
                    output: context.output(y), threads: context.threads)
            }
        }
        func kernel<Element: FixedWidthInteger & Sendable>(_: Element.Type) -> PreparedOperator {
            PreparedOperator(y) { context in
                let (source, result) = (context.floats(x), context.output(y, as: Element.self))
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
