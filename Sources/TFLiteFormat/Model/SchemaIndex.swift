/// The position of an element in an array of a TFLite file.
///
/// It is a number of its own type, so that a buffer cannot be taken for the tensor that it belongs to.
package struct SchemaIndex<Element>: Hashable, Sendable {
    /// The position as the file stores it.
    package var position: Int

    package init(_ position: Int) {
        self.position = position
    }
}

/// A tensor of one subgraph.
package typealias TensorIndex = SchemaIndex<TFLiteTensor>
/// A buffer of a model.
package typealias BufferIndex = SchemaIndex<TFLiteBuffer>
/// An entry of `TFLiteModel.operatorCodes`.
package typealias OperatorCodeIndex = SchemaIndex<TFLiteOperatorCode>

extension SchemaIndex: ExpressibleByIntegerLiteral, CustomStringConvertible {
    package init(integerLiteral position: Int) {
        self.init(position)
    }

    package var description: String { String(position) }
}

extension TensorIndex {
    /// What stands for an optional operand that an operator does without.
    package static var absent: TensorIndex { -1 }

    /// Whether this stands for no tensor.
    package var isAbsent: Bool { position < 0 }
}

extension BufferIndex {
    /// The empty buffer of tensors without data.
    package static var none: BufferIndex { 0 }
}

extension TFLiteModel {
    /// A buffer.
    package subscript(index: BufferIndex) -> TFLiteBuffer { buffers[index.position] }

    /// The code of an operator.
    package subscript(index: OperatorCodeIndex) -> TFLiteOperatorCode {
        operatorCodes[index.position]
    }

    /// Adds a buffer.
    package mutating func add(_ buffer: TFLiteBuffer) -> BufferIndex {
        buffers.append(buffer)
        return BufferIndex(buffers.count - 1)
    }

    /// Adds the code of an operator.
    package mutating func add(_ code: TFLiteOperatorCode) -> OperatorCodeIndex {
        operatorCodes.append(code)
        return OperatorCodeIndex(operatorCodes.count - 1)
    }

    /// The elements of a tensor; nil if it is computed.
    package func source(of tensor: TFLiteTensor) -> (any BufferSource)? {
        tensor.buffer == .none ? nil : self[tensor.buffer].source
    }
}

extension TFLiteSubgraph {
    /// A tensor.
    package subscript(index: TensorIndex) -> TFLiteTensor {
        get { tensors[index.position] }
        set { tensors[index.position] = newValue }
    }

    /// The indices of all tensors.
    package var tensorIndices: some Sequence<TensorIndex> {
        tensors.indices.lazy.map { TensorIndex($0) }
    }

    /// Adds a tensor.
    package mutating func add(_ tensor: TFLiteTensor) -> TensorIndex {
        tensors.append(tensor)
        return TensorIndex(tensors.count - 1)
    }
}
