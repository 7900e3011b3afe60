import Tensors

/// The element type of a tensor in a TFLite file.
package enum TFLiteTensorType: Int8, SchemaEnum {
    case float32 = 0
    case float16 = 1
    case int32 = 2
    case uint8 = 3
    case int64 = 4
    case string = 5
    case bool = 6
    case int16 = 7
    case complex64 = 8
    case int8 = 9
    case float64 = 10
    case complex128 = 11
    case uint64 = 12
    case resource = 13
    case variant = 14
    case uint32 = 15
    case uint16 = 16
    case int4 = 17
    case bfloat16 = 18
    case int2 = 19
    case uint4 = 20
    case float8E4M3FN = 21
    case float8E5M2 = 22

    package var schemaName: String {
        switch self {
        case .float8E4M3FN: "FLOAT8_E4M3FN"
        case .float8E5M2: "FLOAT8_E5M2"
        default: "\(self)".uppercased()
        }
    }

    /// The type in a file of elements of `dtype`.
    package init(_ dtype: DType) {
        switch dtype {
        case .float32: self = .float32
        case .float16: self = .float16
        case .bfloat16: self = .bfloat16
        case .float64: self = .float64
        case .int8: self = .int8
        case .int16: self = .int16
        case .int32: self = .int32
        case .int64: self = .int64
        case .uint8: self = .uint8
        case .uint16: self = .uint16
        case .uint32: self = .uint32
        case .uint64: self = .uint64
        case .bool: self = .bool
        case .string: self = .string
        case .complex64: self = .complex64
        }
    }

    /// The type in a file of elements that are stored so; nil for `expressed`.
    package init?(_ storage: Storage) {
        if case .integer(4, isSigned: true, _) = storage {
            self = .int4
        } else {
            guard let dtype = storage.dtype else { return nil }
            self.init(dtype)
        }
    }

    /// The same type outside of files; nil for types that only files have.
    package var dtype: DType? { DType.allCases.first { Self($0) == self } }

    /// Bits of one element; nil if elements have no fixed size (strings, resources, variants).
    package var bitCount: Int? {
        switch self {
        case .int2: 2
        case .int4, .uint4: 4
        case .int8, .uint8, .bool, .float8E4M3FN, .float8E5M2: 8
        case .float16, .bfloat16, .int16, .uint16: 16
        case .float32, .int32, .uint32: 32
        case .float64, .int64, .uint64, .complex64: 64
        case .complex128: 128
        case .string, .resource, .variant: nil
        }
    }

    /// The bytes of a dense tensor, whose last byte is padded if elements are smaller than a byte.
    ///
    /// Nil if elements have no fixed size, an extent is negative, or the size is beyond `Int`.
    package func byteCount(ofShape shape: [Int]) -> Int? {
        guard var bits = bitCount else { return nil }
        for extent in shape {
            let (product, overflow) = bits.multipliedReportingOverflow(by: extent)
            if overflow || extent < 0 { return nil }
            bits = product
        }
        return bits / 8 + (bits % 8 == 0 ? 0 : 1)
    }
}
