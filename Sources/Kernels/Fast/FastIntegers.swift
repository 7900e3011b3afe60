import Tensors

extension FastKernels {
    /// Applies a function to each pair of the broadcast of integers `a` and `b`, and clamps the results.
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func binary<Element: ArithmeticElement & FixedWidthInteger>(
        _ function: BinaryFunction, _ loop: BroadcastLoop, _ a: UnsafePointer<Element>,
        _ b: UnsafePointer<Element>, within range: ClosedRange<Element> = .min ... .max,
        output: UnsafeMutablePointer<Element>
    ) {
        switch function {
        case .add: each(loop, a, b, output) { $0 &+ $1 }
        case .subtract: each(loop, a, b, output) { $0 &- $1 }
        case .multiply: each(loop, a, b, output) { $0 &* $1 }
        case .maximum: each(loop, a, b, output) { $0 > $1 ? $0 : $1 }
        case .minimum: each(loop, a, b, output) { $0 < $1 ? $0 : $1 }
        case .squaredDifference: each(loop, a, b, output) { ($0 &- $1) &* ($0 &- $1) }
        case .divide: each(loop, a, b, output) { Element.apply(.divide, $0, $1) }
        case .floorDivide: each(loop, a, b, output) { Element.apply(.floorDivide, $0, $1) }
        case .floorModulo: each(loop, a, b, output) { Element.apply(.floorModulo, $0, $1) }
        case .power: each(loop, a, b, output) { Element.apply(.power, $0, $1) }
        }
        guard range != .min ... .max else { return }
        let (lower, upper) = (range.lowerBound, range.upperBound)
        for index in 0..<loop.count { output[index] = min(max(output[index], lower), upper) }
    }

    /// Applies a function to `count` integers, wrapping; false if it has no integer form.
    ///
    /// `output` may be `input`. The functions with a form are those of `UnaryFunction.hasIntegerForm`.
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func unary<Element: FixedWidthInteger & SignedInteger>(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>
    ) -> Bool {
        switch function {
        case .abs: each(count, input, output) { $0 < 0 ? 0 &- $0 : $0 }
        case .neg: each(count, input, output) { 0 &- $0 }
        case .sign: each(count, input, output) { $0.signum() }
        case .square: each(count, input, output) { $0 &* $0 }
        case .floor, .ceil, .round: each(count, input, output) { $0 }
        case .relu: each(count, input, output) { max($0, 0) }
        case .relu6: each(count, input, output) { min(max($0, 0), 6) }
        case .reluN1To1: each(count, input, output) { min(max($0, -1), 1) }
        case .relu0To1: each(count, input, output) { min(max($0, 0), 1) }
        default: return false
        }
        return true
    }

    @inline(__always)
    private static func each<Element>(
        _ count: Int, _ input: UnsafePointer<Element>, _ output: UnsafeMutablePointer<Element>,
        _ body: (Element) -> Element
    ) {
        for index in 0..<count { output[index] = body(input[index]) }
    }

    /// One loop for each way of walking the operands, so that it can be vectorized.
    @inline(__always)
    private static func each<Element>(
        _ loop: BroadcastLoop, _ a: UnsafePointer<Element>, _ b: UnsafePointer<Element>,
        _ output: UnsafeMutablePointer<Element>, _ body: (Element, Element) -> Element
    ) {
        loop.forEachBlock(threads: 1) { shape, offsets, first in
            for row in 0..<shape.rows {
                let left = a + offsets.a + row * shape.a_row
                let right = b + offsets.b + row * shape.b_row
                let target = output + first + row * shape.count
                switch (shape.a_step, shape.b_step) {
                case (1, 1):
                    for index in 0..<shape.count { target[index] = body(left[index], right[index]) }
                case (1, _):
                    let other = right.pointee
                    for index in 0..<shape.count { target[index] = body(left[index], other) }
                case (_, 1):
                    let one = left.pointee
                    for index in 0..<shape.count { target[index] = body(one, right[index]) }
                default:
                    target.update(
                        repeating: body(left.pointee, right.pointee), count: shape.count)
                }
            }
        }
    }
}

extension UnaryFunction {
    /// Whether `FastKernels.unary` computes the function of integers.
    package var hasIntegerForm: Bool {
        switch self {
        case .abs, .neg, .sign, .square, .floor, .ceil, .round, .relu, .relu6,
            .reluN1To1, .relu0To1:
            true
        default: false
        }
    }
}
