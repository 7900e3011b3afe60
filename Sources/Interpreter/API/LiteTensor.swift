import Problems
import Tensors

/// An array that goes into a model or comes out of it: dense, row-major, immutable.
///
///     let image = try LiteTensor([Float](repeating: 0, count: 784), shape: [1, 28, 28, 1])
///     let scores = try output.values(of: Float.self)
///
/// Copies share their memory.
public struct LiteTensor: Sendable, CustomStringConvertible {
    /// The element type.
    public let elementType: LiteElementType
    /// The same array inside the package, in the same memory.
    package let tensor: Tensor

    /// The extents, outermost first; empty for a single value.
    public var shape: [Int] { tensor.shape.dims }

    /// The number of elements.
    public var count: Int { tensor.count }

    /// The element type and the extents: `float32 [1, 10]`.
    public var description: String { "\(elementType.rawValue) \(shape)" }

    /// An array of these values.
    ///
    /// - Parameter shape: extents whose product is the number of values.
    /// - Throws: `LiteModelError` if it is not.
    public init<Element: LiteElement>(
        _ values: [Element], shape: [Int]
    ) throws(LiteModelError) {
        self = try LiteModelError.wrapping {
            try values.withUnsafeBytes {
                try LiteTensor(bytes: $0, elementType: Element.elementType, shape: shape)
            }
        }
    }

    /// An array with a copy of these bytes.
    ///
    /// - Parameters:
    ///   - bytes: the elements in the machine's byte order; a bool is one byte, 0 or 1.
    ///   - shape: extents whose product is the number of elements.
    /// - Throws: `LiteModelError` if the number of bytes is different.
    public init(
        bytes: UnsafeRawBufferPointer, elementType: LiteElementType, shape: [Int]
    ) throws(LiteModelError) {
        let extents = Shape(shape)
        let (size, overflow) = extents.elementCount.multipliedReportingOverflow(
            by: elementType.byteCount)
        guard shape.allSatisfy({ $0 >= 0 }), !overflow, size == bytes.count else {
            let count = bytes.count / elementType.byteCount
            throw LiteModelError.usage(
                "\(count) elements do not make a tensor \(elementType.rawValue) \(shape)",
                remedy: "Give a shape whose product is the number of elements.")
        }
        self.elementType = elementType
        tensor = Tensor(dtype: elementType.dtype, shape: extents) { $0.copyMemory(from: bytes) }
    }

    init(elementType: LiteElementType, tensor: Tensor) {
        self.elementType = elementType
        self.tensor = tensor
    }

    /// A tensor of the package; nil for strings.
    package init?(_ tensor: Tensor) {
        guard let elementType = LiteElementType(tensor.dtype) else { return nil }
        self.elementType = elementType
        self.tensor = tensor
    }

    /// The elements in row-major order.
    ///
    /// - Throws: `LiteModelError` if they are of another type.
    public func values<Element: LiteElement>(
        of _: Element.Type = Element.self
    ) throws(LiteModelError) -> [Element] {
        guard Element.elementType == elementType else {
            throw LiteModelError.usage(
                "the elements are \(elementType.rawValue), not \(Element.elementType.rawValue)",
                remedy: "Ask for values of that type.")
        }
        if elementType == .bool {
            return tensor.array(of: UInt8.self).compactMap { ($0 != 0) as? Element }
        }
        return tensor.array(of: Element.self)
    }

    /// The elements as doubles, in row-major order.
    public var doubles: [Double] { Constant(tensor).doubles() }

    /// Calls `body` with the elements as they lie in memory.
    public func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try tensor.withBytes(body)
    }
}
