import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// RANGE: numbers from start to before limit in steps of delta.
    func range() throws -> PreparedOperator {
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

    private func range<Element: BitwiseCopyable & Sendable>(
        _: Element.Type, _ number: (Element) -> Double,
        make: @escaping @Sendable (Double) -> Element
    ) throws -> PreparedOperator {
        let dtype = try input(0).dtype
        let numbers = try (0..<3).map { index in
            let operand = try plainOrEqualScalar(index, like: try input(0))
            guard let value = try decidingElements(operand).elements(Element.self).first else {
                throw malformed("input \(index) must be a scalar")
            }
            return number(value)
        }
        let (start, delta) = (numbers[0], numbers[2])
        let steps = ((numbers[1] - start) / delta).rounded(.up)
        guard delta != 0, steps.isFinite, let count = Int(exactly: max(steps, 0)) else {
            throw malformed("its steps are \(delta)")
        }
        let y = try output(0, dtype, [count])
        return PreparedOperator(y) { context in
            let target = context.output(y, as: Element.self)
            for index in 0..<count { target[index] = make(start + Double(index) * delta) }
        }
    }
}
