/// The element type of a tensor.
package enum DType: String, Sendable, Hashable, CaseIterable {
    case float32, float16, bfloat16, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case bool, string
    /// Pairs of 32-bit floats, real and imaginary part.
    ///
    /// They are moved and taken apart, not computed with; no model can name this type.
    case complex64 = "complex<float32>"

    /// Bytes of one element; 0 for strings, which have no fixed size.
    package var byteCount: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64, .complex64: 8
        case .string: 0
        }
    }

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
