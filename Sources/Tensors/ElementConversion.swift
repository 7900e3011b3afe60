/// Conversions of runs of elements between a stored type and double precision.
enum ElementConversion {
    /// Reads `count` elements of `dtype`; `source` is aligned to their size.
    static func read(
        _ source: UnsafeRawPointer, count: Int, of dtype: DType,
        into target: UnsafeMutablePointer<Double>
    ) {
        func each<Element>(_: Element.Type, _ convert: (Element) -> Double) {
            let elements = source.assumingMemoryBound(to: Element.self)
            for index in 0..<count {
                (target + index).initialize(to: convert(elements[index]))
            }
        }
        switch dtype {
        case .float32: each(Float.self) { Double($0) }
        case .float64: each(Double.self) { $0 }
        case .float16: each(UInt16.self) { Double(Half.float(fromBinary16: $0)) }
        case .bfloat16: each(UInt16.self) { Double(Half.float(fromBFloat16: $0)) }
        case .int8: each(Int8.self) { Double($0) }
        case .int16: each(Int16.self) { Double($0) }
        case .int32: each(Int32.self) { Double($0) }
        case .int64: each(Int64.self) { Double($0) }
        case .uint8, .bool: each(UInt8.self) { Double($0) }
        case .uint16: each(UInt16.self) { Double($0) }
        case .uint32: each(UInt32.self) { Double($0) }
        case .uint64: each(UInt64.self) { Double($0) }
        case .string, .complex64: target.initialize(repeating: .nan, count: count)
        }
    }

    /// Writes `count` values as `dtype`: floats rounded to nearest, integers truncated and limited to their range.
    ///
    /// `target` is aligned to the size of an element.
    static func write(
        _ values: UnsafePointer<Double>, count: Int, as dtype: DType,
        to target: UnsafeMutableRawPointer
    ) {
        func each<Element>(_ convert: (Double) -> Element) {
            let elements = target.assumingMemoryBound(to: Element.self)
            for index in 0..<count { elements[index] = convert(values[index]) }
        }
        switch dtype {
        case .float32: each { Float($0) }
        case .float64: each { $0 }
        case .float16: each { Half.binary16(from: Float($0)) }
        case .bfloat16: each { Half.bfloat16(from: Float($0)) }
        case .int8: each { Int8(clampingValue: $0) }
        case .int16: each { Int16(clampingValue: $0) }
        case .int32: each { Int32(clampingValue: $0) }
        case .int64: each { Int64(clampingValue: $0) }
        case .uint8: each { UInt8(clampingValue: $0) }
        case .uint16: each { UInt16(clampingValue: $0) }
        case .uint32: each { UInt32(clampingValue: $0) }
        case .uint64: each { UInt64(clampingValue: $0) }
        case .bool: each { UInt8($0 != 0 ? 1 : 0) }
        case .string, .complex64: break
        }
    }
}

extension FixedWidthInteger {
    /// The integer part of `value`, limited to the range of the type; NaN is 0.
    @inlinable package init(clampingValue value: Double) {
        if value.isNaN {
            self = 0
        } else if let exact = Self(exactly: value.rounded(.towardZero)) {
            self = exact
        } else {
            self = value < 0 ? .min : .max
        }
    }
}
