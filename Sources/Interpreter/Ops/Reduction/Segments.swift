import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SEGMENT_SUM: sums of the rows of x with equal numbers, which ascend from 0 and are known before the run.
    func segmentSum() throws -> PreparedOperator {
        let numbers = try integers(1)
        guard zip(numbers, numbers.dropFirst()).allSatisfy({ $0 <= $1 }), numbers.first ?? 0 >= 0
        else { throw malformed("numbers of segments that do not ascend") }
        return try segments(.add, count: (numbers.last ?? -1) + 1, dropsNegative: false)
    }

    /// UNSORTED_SEGMENT_SUM, _PROD, _MAX and _MIN: as many segments as the third input says; negative numbers are left out.
    func unsortedSegments(_ function: BinaryFunction) throws -> PreparedOperator {
        try segments(function, count: try integer(2), dropsNegative: true)
    }

    /// The rows that numbers of any rank sort, joined.
    private func segments(
        _ function: BinaryFunction, count: Int, dropsNegative: Bool
    ) throws -> PreparedOperator {
        let (x, numbers) = (try plainInput(0), try plainInput(1))
        let rank = numbers.shape.rank
        guard numbers.dtype == .int32 else { throw unsupported(numbers.dtype) }
        guard count >= 0, x.shape.dims.prefix(rank) == numbers.shape.dims[...] else {
            throw malformed("\(x.shape) does not have \(count) segments by \(numbers.shape)")
        }
        let row = Array(x.shape.dims.dropFirst(rank))
        let length = Shape(row).elementCount
        let y = try output(0, x.dtype, Shape([count] + row))
        let outside = malformed("a number is outside \(count) segments")
        func kernel<Element: ArithmeticElement>(_ neutral: Element) -> PreparedOperator {
            PreparedOperator(y) { context in
                let isInside = ReferenceKernels.segments(
                    function, neutral: neutral, rows: numbers.count, count: length,
                    segments: count, dropsNegative: dropsNegative,
                    numbers: context.elements(numbers), input: context.elements(x),
                    output: context.output(y))
                if !isInside { throw outside }
            }
        }
        switch x.dtype {
        case .float32:
            return kernel(
                function.neutral(
                    lowest: -Float.greatestFiniteMagnitude,
                    highest: Float.greatestFiniteMagnitude, zero: 0, one: 1))
        case .int32:
            return kernel(
                function.neutral(lowest: Int32.min, highest: Int32.max, zero: 0, one: 1))
        default: throw unsupported(x.dtype)
        }
    }
}

extension BinaryFunction {
    /// The element that a function leaves any other alone with.
    fileprivate func neutral<Element>(
        lowest: Element, highest: Element, zero: Element, one: Element
    ) -> Element {
        switch self {
        case .multiply: one
        case .maximum: lowest
        case .minimum: highest
        default: zero
        }
    }
}
