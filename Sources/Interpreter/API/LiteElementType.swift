import Tensors

/// The element type of a tensor.
public enum LiteElementType: String, Sendable, Hashable, CaseIterable {
    case float32, float16, bfloat16, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    case bool

    /// Bytes of one element.
    public var byteCount: Int { dtype.byteCount }

    /// The shortest text that stands for the same element: `0.1`, `3`.
    ///
    /// - Parameter value: an element of this type.
    public func text(_ value: Double) -> String {
        switch self {
        case .float64: "\(value)"
        case .float32, .float16, .bfloat16: "\(Float(value))"
        default: "\(Int64(clampingValue: value))"
        }
    }

    /// The same type inside the package.
    package var dtype: DType {
        switch self {
        case .float32: .float32
        case .float16: .float16
        case .bfloat16: .bfloat16
        case .float64: .float64
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .uint8: .uint8
        case .uint16: .uint16
        case .uint32: .uint32
        case .uint64: .uint64
        case .bool: .bool
        }
    }

    /// The type of elements of `dtype`; nil for strings, which tensors here cannot hold.
    package init?(_ dtype: DType) {
        self.init(rawValue: dtype.rawValue)
    }
}

/// A Swift type whose values are elements of a tensor.
public protocol LiteElement: BitwiseCopyable, Sendable {
    /// The element type of a tensor of such values.
    static var elementType: LiteElementType { get }
}

extension Float: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .float32 }
}

#if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    extension Float16: LiteElement {
        /// The element type of a tensor of such values.
        public static var elementType: LiteElementType { .float16 }
    }
#endif

extension Double: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .float64 }
}

extension Int8: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .int8 }
}

extension Int16: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .int16 }
}

extension Int32: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .int32 }
}

extension Int64: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .int64 }
}

extension UInt8: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .uint8 }
}

extension UInt16: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .uint16 }
}

extension UInt32: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .uint32 }
}

extension UInt64: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .uint64 }
}

extension Bool: LiteElement {
    /// The element type of a tensor of such values.
    public static var elementType: LiteElementType { .bool }
}
