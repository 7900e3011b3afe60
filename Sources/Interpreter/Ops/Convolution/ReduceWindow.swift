import Kernels
import Tensors
import TFLiteFormat

extension OperatorPreparation {
    /// REDUCE_WINDOW: a function over each of the windows that slide over all axes of x.
    func reduceWindow() throws -> PreparedOperator {
        guard case .reduceWindow(let function) = secondOptions else {
            throw malformed("it has no options")
        }
        let x = try plainInput(0)
        let start = try plainOrEqualScalar(1, like: x)
        let (window, strides, dilations) = (try integers(2), try integers(3), try integers(4))
        let loop = try fitting(
            WindowLoop(x.shape, window: window, strides: strides, dilations: dilations))
        _ = try budget.byteCount(.int64, [loop.windowCount], "a window of \(code.builtin)")
        let y = try output(0, x.dtype, loop.shape)
        func kernel<Element: BitwiseCopyable>(
            _ join: @escaping @Sendable (Element, Element) -> Element
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                ReferenceKernels.reduceWindow(
                    loop, start: context.elements(start, Element.self).pointee,
                    input: context.elements(x), output: context.output(y), join)
            }
        }
        func arithmetic<Element: ArithmeticElement>(_: Element.Type) throws -> PreparedOperator {
            let functions: [Int: BinaryFunction] = [
                1: .add, 2: .multiply, 3: .minimum, 4: .maximum,
            ]
            guard let function = functions[function] else {
                throw unsupported(
                    "it applies function \(function) to elements of type \(x.dtype.rawValue)")
            }
            return kernel { Element.apply(function, $0, $1) }
        }
        switch (x.dtype, function) {
        case (.float32, _): return try arithmetic(Float.self)
        case (.int8, _): return try arithmetic(Int8.self)
        case (.int16, _): return try arithmetic(Int16.self)
        case (.int32, _): return try arithmetic(Int32.self)
        case (.int64, _): return try arithmetic(Int64.self)
        case (.uint8, _): return try arithmetic(UInt8.self)
        case (.bool, 5): return kernel { (a: UInt8, b: UInt8) in a & b }
        case (.bool, 6): return kernel { (a: UInt8, b: UInt8) in a | b }
        default:
            throw unsupported(
                "it applies function \(function) to elements of type \(x.dtype.rawValue)")
        }
    }
}
