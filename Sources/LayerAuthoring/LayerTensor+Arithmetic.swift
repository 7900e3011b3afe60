import GraphIR
import Tensors

extension LayerTensor {
    /// a + b.
    public static func + (a: LayerTensor, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try a.binary(.add, b)
    }

    /// a + b.
    public static func + (a: LayerTensor, b: Double) throws(LayerError) -> LayerTensor {
        try a.binary(.add, a.number(b))
    }

    /// a + b.
    public static func + (a: Double, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try b.number(a).binary(.add, b)
    }

    /// a − b.
    public static func - (a: LayerTensor, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try a.binary(.subtract, b)
    }

    /// a − b.
    public static func - (a: LayerTensor, b: Double) throws(LayerError) -> LayerTensor {
        try a.binary(.subtract, a.number(b))
    }

    /// a − b.
    public static func - (a: Double, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try b.number(a).binary(.subtract, b)
    }

    /// a · b.
    public static func * (a: LayerTensor, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try a.binary(.multiply, b)
    }

    /// a · b.
    public static func * (a: LayerTensor, b: Double) throws(LayerError) -> LayerTensor {
        try a.binary(.multiply, a.number(b))
    }

    /// a · b.
    public static func * (a: Double, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try b.number(a).binary(.multiply, b)
    }

    /// a / b; integers become floats.
    public static func / (a: LayerTensor, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try a.binary(.divide, b)
    }

    /// a / b; integers become floats.
    public static func / (a: LayerTensor, b: Double) throws(LayerError) -> LayerTensor {
        try a.binary(.divide, a.number(b))
    }

    /// a / b; integers become floats.
    public static func / (a: Double, b: LayerTensor) throws(LayerError) -> LayerTensor {
        try b.number(a).binary(.divide, b)
    }

    /// −x.
    public static prefix func - (x: LayerTensor) throws(LayerError) -> LayerTensor {
        try x.operation("Negative")
    }

    /// x to the power of `exponent`.
    public func power(_ exponent: Double) throws(LayerError) -> LayerTensor {
        try binary(.power, number(exponent))
    }

    /// The larger one of each pair of elements.
    public func maximum(_ other: LayerTensor) throws(LayerError) -> LayerTensor {
        try binary(.maximum, other)
    }

    /// The smaller one of each pair of elements.
    public func minimum(_ other: LayerTensor) throws(LayerError) -> LayerTensor {
        try binary(.minimum, other)
    }

    /// The elements limited to a range.
    public func clipped(to range: ClosedRange<Double>) throws(LayerError) -> LayerTensor {
        try binary(.maximum, number(range.lowerBound))
            .binary(.minimum, number(range.upperBound))
    }

    /// Whether each element is greater than a number, as bool.
    public func isGreater(than number: Double) throws(LayerError) -> LayerTensor {
        try binary(.greater, self.number(number))
    }

    /// Whether each element is greater than that of another tensor, as bool.
    public func isGreater(than other: LayerTensor) throws(LayerError) -> LayerTensor {
        try binary(.greater, other)
    }

    /// The elements of one tensor at places where this one is true, and of another at the rest.
    public func selecting(
        _ first: LayerTensor, otherwise second: LayerTensor
    ) throws(LayerError) -> LayerTensor {
        try operation("Where", with: [first, second])
    }

    /// eˣ.
    public func exp() throws(LayerError) -> LayerTensor { try operation("Exp") }

    /// The natural logarithm.
    public func log() throws(LayerError) -> LayerTensor { try operation("Log") }

    /// √x.
    public func squareRoot() throws(LayerError) -> LayerTensor { try operation("Sqrt") }

    /// x².
    public func squared() throws(LayerError) -> LayerTensor { try operation("Square") }

    /// |x|.
    public func absolute() throws(LayerError) -> LayerTensor { try operation("Absolute") }

    /// A single number beside this tensor: of its type, but a float if it is not a whole number.
    private func number(_ value: Double) -> LayerTensor {
        let builder = scope.builder
        let own = element == .bool ? Element.int32 : element ?? .float32
        let dtype = value == value.rounded() ? DType(rawValue: own.rawValue) : .float32
        let constant = Constant(
            Tensor(dtype: .float64, shape: [], copying: [value]), as: dtype ?? .float32)
        return LayerTensor(builder.constant(constant, role: "number"), in: scope)
    }

    private func binary(_ kind: Binary.Kind, _ other: LayerTensor) throws(LayerError) -> LayerTensor
    {
        let (a, b) = (try id(in: scope), try other.id(in: scope))
        return try LayerError.wrapping {
            LayerTensor(try scope.binary(kind, a, b), in: scope)
        }
    }
}
