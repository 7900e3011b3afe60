/// How the elements of a value of real numbers are stored.
///
/// A graph computes with real numbers. A stored value is rounded to what its storage can hold, and computed with as the real
/// numbers that the stored elements stand for.
package enum Storage: Sendable, Hashable {
    /// As elements of the value's own type.
    case expressed
    /// As 16-bit floats, rounded half to even; numbers beyond ±65504 are limited to them.
    case float16
    /// As integers of 4, 8, 16, 32 or 64 bits.
    ///
    /// Those of 4 bits are from −7 to 7, since kernels of LiteRT get −8 wrong, those of 8 bits with scales along an axis, which
    /// are weights, from −127 to 127.
    case integer(bits: Int, isSigned: Bool, QuantizationParameters)

    /// The type of the stored elements in memory, where integers of 4 bits have a byte each; nil for `expressed` and for
    /// widths that no element type has.
    package var dtype: DType? {
        switch self {
        case .expressed: nil
        case .float16: .float16
        case .integer(4, isSigned: true, _): .int8
        case .integer(let bits, let isSigned, _):
            DType(rawValue: "\(isSigned ? "int" : "uint")\(bits)")
        }
    }

    /// The bits of a stored element in a file; nil for `expressed`.
    package var bitCount: Int? {
        switch self {
        case .expressed: nil
        case .float16: 16
        case .integer(let bits, _, _): bits
        }
    }

    /// The integers that elements can be.
    fileprivate var integerRange: ClosedRange<Double>? {
        switch self {
        case .integer(4, isSigned: true, _): -7...7
        case .integer(8, isSigned: true, let parameters) where parameters.axis != nil: -127...127
        default: dtype?.integerRange
        }
    }

    /// The storage of some rows, the slices along the outermost axis; one scale if all of theirs are equal.
    package func ofRows(_ rows: Range<Int>) -> Storage {
        guard case .integer(let bits, let isSigned, let parameters) = self, parameters.axis == 0,
            parameters.blockLength == nil
        else { return self }
        let scales = Array(parameters.scales[rows])
        let zeroPoints = Array(parameters.zeroPoints[rows])
        let isUniform = Set(scales).count == 1 && Set(zeroPoints).count == 1
        return .integer(
            bits: bits, isSigned: isSigned,
            isUniform
                ? QuantizationParameters(scale: scales[0], zeroPoint: zeroPoints[0])
                : QuantizationParameters(scales: scales, zeroPoints: zeroPoints, axis: 0))
    }

    /// Why a value of this type cannot be stored so; nil if it can.
    package func fault(of dtype: DType, _ shape: Shape) -> String? {
        if self == .expressed { return nil }
        guard dtype == .float32 else { return "only float32 can be stored in another form" }
        guard case .integer(_, _, let parameters) = self else { return nil }
        guard let range = integerRange else {
            return "no element type is an integer of this width"
        }
        guard parameters.scales.count == parameters.zeroPoints.count,
            parameters.scales.allSatisfy({ $0 > 0 && $0.isFinite }),
            parameters.zeroPoints.allSatisfy({ range.contains(Double($0)) })
        else { return "its scales or zero points are out of range" }
        guard let axis = parameters.axis else {
            return parameters.scales.count == 1 ? nil : "several scales need an axis"
        }
        if let length = parameters.blockLength {
            guard shape.rank == 2, length > 0, shape[1] % length == 0,
                parameters.scales.count == shape.elementCount / length
            else { return "blocks of \(length) elements do not fit \(shape)" }
            return nil
        }
        guard shape.dims.indices.contains(axis), shape.dims[axis] == parameters.scales.count else {
            return "\(parameters.scales.count) scales do not fit axis \(axis) of \(shape)"
        }
        return nil
    }

    /// Replaces real numbers by the elements that store them.
    ///
    /// - Parameters:
    ///   - elements: the positions of the numbers in a row-major tensor of `shape`.
    func store(_ values: UnsafeMutablePointer<Double>, _ elements: Range<Int>, in shape: Shape) {
        switch self {
        case .expressed: break
        case .float16:
            for index in 0..<elements.count {
                let value = Float(values[index])
                let limited = value.isNaN ? value : min(max(value, -65504), 65504)
                values[index] = Double(Half.float(fromBinary16: Half.binary16(from: limited)))
            }
        case .integer(_, _, let parameters):
            guard let range = integerRange else { return }
            parameters.forEachRun(of: elements, in: shape) { run, scale, zeroPoint in
                if range.upperBound < 0x1p20 {
                    Self.storeNarrow(
                        values + (run.lowerBound - elements.lowerBound), count: run.count,
                        scale: scale, zeroPoint: Float(zeroPoint), range)
                    return
                }
                for index in run {
                    let position = index - elements.lowerBound
                    let steps = Storage.rounded(Float(values[position]) / scale)
                    let integer = steps.isNaN ? 0 : Double(steps) + Double(zeroPoint)
                    values[position] = min(max(integer, range.lowerBound), range.upperBound)
                }
            }
        }
    }

    /// Replaces real numbers by integers of few bits, without a branch, so that several are computed at a time.
    private static func storeNarrow(
        _ values: UnsafeMutablePointer<Double>, count: Int, scale: Float, zeroPoint: Float,
        _ range: ClosedRange<Double>
    ) {
        let (lower, upper) = (Float(range.lowerBound), Float(range.upperBound))
        for index in 0..<count {
            var steps = Float(values[index]) / scale
            steps = steps != steps ? -zeroPoint : steps
            steps = steps > 0x1p21 ? 0x1p21 : steps < -0x1p21 ? -0x1p21 : steps
            // Numbers of this size have no fractions; halves become even ones.
            var whole = (steps + 0x1.8p23) - 0x1.8p23
            let rest = steps - whole
            whole += steps > 0 && rest == 0.5 ? 1 : 0
            whole -= steps < 0 && rest == -0.5 ? 1 : 0
            let integer = whole + zeroPoint
            values[index] = Double(integer < lower ? lower : integer > upper ? upper : integer)
        }
    }

    /// The nearest integer, halves away from 0, without a call of the system's library.
    private static func rounded(_ value: Float) -> Float {
        // Greater numbers have no fractions.
        guard abs(value) < 0x1p23 else { return value }
        let whole = Float(Int32(value))
        let rest = value - whole
        return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole
    }

    /// Replaces stored elements by the real numbers that they stand for, the inverse of `store`.
    func express(_ values: UnsafeMutablePointer<Double>, _ elements: Range<Int>, in shape: Shape) {
        guard case .integer(_, _, let parameters) = self else { return }
        parameters.forEachRun(of: elements, in: shape) { run, scale, zeroPoint in
            for index in run {
                let position = index - elements.lowerBound
                values[position] = Double(scale) * (values[position] - Double(zeroPoint))
            }
        }
    }
}

extension DType {
    /// The numbers that an integer type holds, of 64 bits those that fit its products; nil for other types.
    fileprivate var integerRange: ClosedRange<Double>? {
        switch self {
        case .int8: -128...127
        case .uint8: 0...255
        case .int16: -32_768...32_767
        case .uint16: 0...65_535
        case .int32, .int64: -2_147_483_648...2_147_483_647
        default: nil
        }
    }
}
