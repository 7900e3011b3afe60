import Tensors

/// The identity of a value within its graph.
package struct ValueID: Sendable, Hashable, Comparable {
    package let index: Int

    package init(_ index: Int) {
        self.index = index
    }

    package static func < (a: ValueID, b: ValueID) -> Bool { a.index < b.index }
}

/// The identity of a node within its graph.
package struct NodeID: Sendable, Hashable, Comparable {
    package let index: Int

    package init(_ index: Int) {
        self.index = index
    }

    package static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// A tensor that flows through a graph: an input, a constant, or an output of one node.
///
/// A value does not change; a graph holds another one in its place. Whoever looks at it shares it.
package final class Value: Sendable {
    package let id: ValueID
    package let type: TensorType
    /// The name that the tensor gets in the written file.
    package let name: String
    /// The elements, if they are known before the graph runs.
    package let constant: Constant?
    /// The Keras layer whose output this value is, exactly; nil for values inside a layer.
    package let layer: String?
    /// The range to whose integers the value was rounded in training; nil if it was not.
    package let trainedRange: TrainedRange?
    /// How the elements are stored; every reader sees what the stored elements stand for.
    package let storage: Storage

    package init(
        id: ValueID, type: TensorType, name: String, constant: Constant? = nil,
        layer: String? = nil, trainedRange: TrainedRange? = nil, storage: Storage = .expressed
    ) {
        self.id = id
        self.type = type
        self.name = name
        self.constant = constant
        self.layer = layer
        self.trainedRange = trainedRange
        self.storage = storage
    }

    /// The value with some facts replaced.
    func with(
        type: TensorType? = nil, name: String? = nil, layer: String? = nil,
        trainedRange: TrainedRange? = nil, storage: Storage? = nil
    ) -> Value {
        Value(
            id: id, type: type ?? self.type, name: name ?? self.name, constant: constant,
            layer: layer ?? self.layer, trainedRange: trainedRange ?? self.trainedRange,
            storage: storage ?? self.storage)
    }

    package var shape: Shape { type.shape }
    package var dtype: DType { type.dtype }
}

/// A named input or output of a graph.
package struct Port: Sendable, Hashable {
    /// The name under which callers know the tensor.
    package var name: String
    package var value: ValueID

    package init(name: String, value: ValueID) {
        self.name = name
        self.value = value
    }
}

/// Something that a graph keeps from one run to the next; zero before the first run.
package struct StatePort: Sendable, Hashable {
    /// A name that no other state of the graph has.
    package var name: String
    /// What a run starts with; no node makes it.
    package var input: ValueID
    /// What the next run starts with.
    package var output: ValueID

    package init(name: String, input: ValueID, output: ValueID) {
        self.name = name
        self.input = input
        self.output = output
    }
}
