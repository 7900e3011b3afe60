import Tensors

extension ReferenceKernels {
    /// Converts `count` elements between types; false if either type is string.
    ///
    /// Float to integer truncates toward zero, saturates at the range's ends and maps NaN to 0;
    /// integer to integer keeps the low bits; to bool is `≠ 0`; float formats round to nearest even.
    package static func cast(
        from source: DType, to target: DType, count: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) -> Bool {
        if castCommon(source, target, count, input, output) { return true }
        return switch source {
        case .float32: castFloats(target, count, output, input, Float.self) { Double($0) }
        case .float64: castFloats(target, count, output, input, Double.self) { $0 }
        case .float16:
            castFloats(target, count, output, input, UInt16.self) {
                Double(Half.float(fromBinary16: $0))
            }
        case .bfloat16:
            castFloats(target, count, output, input, UInt16.self) {
                Double(Half.float(fromBFloat16: $0))
            }
        case .int8: castIntegers(target, count, output, input, Int8.self)
        case .int16: castIntegers(target, count, output, input, Int16.self)
        case .int32: castIntegers(target, count, output, input, Int32.self)
        case .int64: castIntegers(target, count, output, input, Int64.self)
        case .uint8: castIntegers(target, count, output, input, UInt8.self)
        case .uint16: castIntegers(target, count, output, input, UInt16.self)
        case .uint32: castIntegers(target, count, output, input, UInt32.self)
        case .uint64: castIntegers(target, count, output, input, UInt64.self)
        case .bool: castFloats(target, count, output, input, UInt8.self) { $0 == 0 ? 0 : 1 }
        case .string, .complex64: false
        }
    }

    /// The conversions that models are full of; false for all others.
    private static func castCommon(
        _ source: DType, _ target: DType, _ count: Int, _ input: UnsafeRawPointer,
        _ output: UnsafeMutableRawPointer
    ) -> Bool {
        func each<Source: BitwiseCopyable, Target: BitwiseCopyable>(
            _ convert: (Source) -> Target
        ) -> Bool {
            let from = input.assumingMemoryBound(to: Source.self)
            let to = output.assumingMemoryBound(to: Target.self)
            for index in 0..<count { to[index] = convert(from[index]) }
            return true
        }
        return switch (source, target) {
        case (.bool, .float32): each { (x: UInt8) in x == 0 ? Float(0) : 1 }
        case (.bool, .int32): each { (x: UInt8) in x == 0 ? Int32(0) : 1 }
        case (.bool, .int64): each { (x: UInt8) in x == 0 ? Int64(0) : 1 }
        case (.uint8, .float32): each { (x: UInt8) in Float(x) }
        case (.int32, .float32): each { (x: Int32) in Float(x) }
        case (.int64, .float32): each { (x: Int64) in Float(x) }
        case (.int32, .int64): each { (x: Int32) in Int64(x) }
        case (.int64, .int32): each { (x: Int64) in Int32(truncatingIfNeeded: x) }
        case (.float16, .float32): each { (x: UInt16) in Half.float(fromBinary16: x) }
        case (.float32, .bool): each { (x: Float) in x == 0 ? UInt8(0) : 1 }
        case (.float32, .int32): each { (x: Float) in Int32(clampingValue: Double(x)) }
        case (.float32, .int64): each { (x: Float) in Int64(clampingValue: Double(x)) }
        default: false
        }
    }

    private static func castFloats<Source: BitwiseCopyable>(
        _ target: DType, _ count: Int, _ output: UnsafeMutableRawPointer, _ input: UnsafeRawPointer,
        _: Source.Type, _ value: (Source) -> Double
    ) -> Bool {
        let source = input.assumingMemoryBound(to: Source.self)
        return store(target, count, output, value: { value(source[$0]) }) {
            saturated(value(source[$0]), $1)
        }
    }

    private static func castIntegers<Source: FixedWidthInteger & BitwiseCopyable>(
        _ target: DType, _ count: Int, _ output: UnsafeMutableRawPointer, _ input: UnsafeRawPointer,
        _: Source.Type
    ) -> Bool {
        let source = input.assumingMemoryBound(to: Source.self)
        return store(target, count, output, value: { Double(source[$0]) }) { index, _ in
            UInt64(truncatingIfNeeded: source[index])
        }
    }

    /// Writes each element: `value` for float targets, `bits` (low bits of the integer) for others.
    private static func store(
        _ target: DType, _ count: Int, _ output: UnsafeMutableRawPointer, value: (Int) -> Double,
        bits: (Int, any FixedWidthInteger.Type) -> UInt64
    ) -> Bool {
        func write<Element: BitwiseCopyable>(_ element: (Int) -> Element) -> Bool {
            let elements = output.assumingMemoryBound(to: Element.self)
            for index in 0..<count { elements[index] = element(index) }
            return true
        }
        func integers<Element: FixedWidthInteger & BitwiseCopyable>(_ type: Element.Type) -> Bool {
            write { Element(truncatingIfNeeded: bits($0, type)) }
        }
        return switch target {
        case .float32: write { Float(value($0)) }
        case .float64: write { value($0) }
        case .float16: write { Half.binary16(from: Float(value($0))) }
        case .bfloat16: write { bfloat16(Float(value($0))) }
        case .int8: integers(Int8.self)
        case .int16: integers(Int16.self)
        case .int32: integers(Int32.self)
        case .int64: integers(Int64.self)
        case .uint8: integers(UInt8.self)
        case .uint16: integers(UInt16.self)
        case .uint32: integers(UInt32.self)
        case .uint64: integers(UInt64.self)
        case .bool: write { value($0) == 0 ? UInt8(0) : 1 }
        case .string, .complex64: false
        }
    }

    private static func saturated(_ value: Double, _ type: any FixedWidthInteger.Type) -> UInt64 {
        func bits<Element: FixedWidthInteger>(_: Element.Type) -> UInt64 {
            if value.isNaN { return 0 }
            let exact = Element(exactly: value.rounded(.towardZero))
            return UInt64(truncatingIfNeeded: exact ?? (value < 0 ? Element.min : Element.max))
        }
        return bits(type)
    }

    /// The nearest bfloat16 bit pattern, ties to even.
    private static func bfloat16(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (bits + 0x7FFF + (bits >> 16 & 1)) >> 16)
    }
}
