import TFLiteFormat

/// An input or output of a model as its file declares it.
public struct LiteTensorDescription: Sendable, Hashable, CustomStringConvertible {
    /// The name of the tensor.
    public let name: String
    /// The extents, with −1 for those that can have any size.
    public let shape: [Int]
    /// The element type.
    public let elementType: LiteElementType
    /// How the elements stand for real numbers; nil if they stand for themselves.
    public let quantization: LiteQuantization?
    /// The index of the tensor in its subgraph of the file.
    let tensorIndex: TensorIndex

    /// The element type and the extents: `float32 [-1, 28, 28, 1]`.
    public var description: String { "\(elementType.rawValue) \(shape)" }

    /// The extents, with 1 for those that can have any size, as in the file.
    var fileShape: [Int] { shape.map { $0 == -1 ? 1 : $0 } }

    /// Whether the first extent can have any size.
    var hasFreeBatch: Bool { shape.first == -1 }

    /// Whether a shape fits: equal except in free extents.
    func accepts(_ other: [Int]) -> Bool {
        other.count == shape.count
            && zip(other, shape).allSatisfy { $0 == $1 || ($1 == -1 && $0 >= 0) }
    }
}

/// A named entry point of a model: names for its inputs and outputs.
public struct LiteSignature: Sendable, Hashable {
    /// The name of the entry point, `serving_default` by convention.
    public let key: String
    /// The names of inputs, with positions in the `inputs` of `LiteModel.entryPoint(_:)`.
    public let inputs: [String: Int]
    /// The names of outputs, with positions in the `outputs` of `LiteModel.entryPoint(_:)`.
    public let outputs: [String: Int]
    /// The subgraph that is run.
    let subgraph: Int
}
