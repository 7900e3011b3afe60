import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// FILL: one value in the shape that the first input gives.
    mutating func fill() throws -> Kernel {
        let (dims, value) = (try integers(0), try input(1))
        guard dims.allSatisfy({ $0 >= 0 }), value.count == 1 else {
            throw malformed("a fill of \(dims) with \(value.shape)")
        }
        let y = try output(0, value.dtype, Shape(dims), quantized: true)
        return { frame in
            LayoutKernels.fill(
                count: y.count, elementSize: y.elementSize, value: frame.bytes(value),
                output: frame.output(y))
        }
    }

    /// ZEROS_LIKE: zeros in the shape of x.
    mutating func zerosLike() throws -> Kernel {
        let x = try plainInput(0)
        dependsOnElements = false
        let y = try output(0, x.dtype, x.shape)
        return { frame in
            frame.output(y).initializeMemory(
                as: UInt8.self, repeating: 0, count: y.count * y.elementSize)
        }
    }

    /// RANGE: numbers from start to before limit in steps of delta.
    mutating func range() throws -> Kernel {
        let start = try plainInput(0)
        switch start.dtype {
        case .float32:
            return try range(Float.self) {
                Double($0)
            } make: {
                Float($0)
            }
        case .int32:
            return try range(Int32.self) {
                Double($0)
            } make: {
                Int32(clampingValue: $0)
            }
        case .int64:
            return try range(Int64.self) {
                Double($0)
            } make: {
                Int64(clampingValue: $0)
            }
        default: throw unsupported(start.dtype)
        }
    }

    private mutating func range<Element: BitwiseCopyable & Sendable>(
        _: Element.Type, _ number: (Element) -> Double,
        make: @escaping @Sendable (Double) -> Element
    ) throws -> Kernel {
        let dtype = try input(0).dtype
        let numbers = try (0..<3).map { index in
            let operand = try plainOrEqualScalar(index, like: try input(0))
            guard let value = try decidingElements(operand).elements(Element.self).first else {
                throw malformed("input \(index) is no single number")
            }
            return number(value)
        }
        let (start, delta) = (numbers[0], numbers[2])
        let steps = ((numbers[1] - start) / delta).rounded(.up)
        guard delta != 0, steps.isFinite, let count = Int(exactly: max(steps, 0)) else {
            throw malformed("a range with steps of \(delta)")
        }
        let y = try output(0, dtype, [count])
        return { frame in
            let target = frame.output(y, as: Element.self)
            for index in 0..<count { target[index] = make(start + Double(index) * delta) }
        }
    }
}
