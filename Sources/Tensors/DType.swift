import Foundations

/// The element type of a tensor.
package enum DType: String, Sendable, Hashable, CaseIterable {
    case float32, float16, bfloat16, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case bool, string
    /// Pairs of 32-bit floats, real and imaginary part.
    ///
    /// They are moved and taken apart, not computed with; this type cannot occur in a model file.
    case complex64 = "complex<float32>"

    /// Bits of one element in memory; 0 for strings, which have no fixed size.
    package var bitCount: Int {
        switch self {
        case .int8, .uint8, .bool: 8
        case .float16, .bfloat16, .int16, .uint16: 16
        case .float32, .int32, .uint32: 32
        case .float64, .int64, .uint64, .complex64: 64
        case .string: 0
        }
    }

    /// Bytes of one element; 0 for strings.
    package var byteCount: Int { bitCount / 8 }

    /// Bytes of `count` elements that lie densely; saturates at `Int.max`.
    package func byteCount(of count: Int) -> Int { saturatingProduct(count, byteCount) }

    /// Whether elements are binary floating point numbers.
    package var isFloat: Bool {
        switch self {
        case .float32, .float16, .bfloat16, .float64: true
        default: false
        }
    }

    /// Whether elements are integers (bool is not).
    package var isInteger: Bool {
        switch self {
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
        default: false
        }
    }
}
