import TFLiteFormat

/// One value for each tensor of a subgraph, and for those that a plan adds.
struct PerTensor<Value> {
    private(set) var values: [Value]

    init(repeating value: Value, count: Int) {
        values = Array(repeating: value, count: count)
    }

    var indices: [TensorIndex] { values.indices.map { TensorIndex($0) } }

    subscript(tensor: TensorIndex) -> Value {
        get { values[tensor.position] }
        set { values[tensor.position] = newValue }
    }

    mutating func append(_ value: Value) { values.append(value) }

    /// Other values for the same tensors.
    func map<Other>(_ transform: (TensorIndex) -> Other) -> PerTensor<Other> {
        PerTensor<Other>(values: indices.map(transform))
    }

    private init(values: [Value]) {
        self.values = values
    }
}

extension PerTensor: Sendable where Value: Sendable {}
