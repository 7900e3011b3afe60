import TFLiteFormat

/// What a planner knows about each tensor of a subgraph.
struct TensorTable {
    /// Type and extents; nil for a tensor that nothing has written yet.
    var types: PerTensor<Plan.PlannedType?>
    /// The elements, if they are known before the model runs.
    var known: PerTensor<KnownElements?>
    /// Whether a tensor lies in the memory of an earlier stage.
    private(set) var isEarlier: PerTensor<Bool>

    /// A table of tensors of which nothing is known.
    init(count: Int) {
        types = PerTensor(repeating: nil, count: count)
        known = PerTensor(repeating: nil, count: count)
        isEarlier = PerTensor(repeating: false, count: count)
    }

    var indices: [TensorIndex] { types.indices }

    /// Adds a tensor that the file does not have.
    mutating func add(_ type: Plan.PlannedType, _ elements: KnownElements) -> TensorIndex {
        types.append(type)
        known.append(elements)
        isEarlier.append(false)
        return TensorIndex(types.values.count - 1)
    }

    /// Declares that the tensors written so far lie in the memory of an earlier stage.
    mutating func beginStage() {
        isEarlier = types.map { types[$0] != nil && known[$0] == nil }
    }

    /// The bytes that a tensor needs in the memory of this stage; nil if it lies elsewhere.
    func byteCount(_ index: TensorIndex) -> Int? {
        known[index] == nil && !isEarlier[index] ? types[index]?.byteCount : nil
    }
}
