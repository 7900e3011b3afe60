/// What a planner knows about each tensor of a subgraph.
struct TensorTable {
    /// Type and extents; nil for a tensor that nothing has written yet.
    var types: [Plan.PlannedType?]
    /// The elements, if they are known before the model runs.
    var known: [KnownElements?]
    /// Whether a tensor lies in the memory of an earlier stage.
    private(set) var isEarlier: [Bool]

    /// A table of tensors of which nothing is known.
    init(count: Int) {
        types = Array(repeating: nil, count: count)
        known = Array(repeating: nil, count: count)
        isEarlier = Array(repeating: false, count: count)
    }

    var indices: Range<Int> { types.indices }

    /// Adds a tensor that the file does not have, and returns its position.
    mutating func append(_ type: Plan.PlannedType, _ elements: KnownElements) -> Int {
        types.append(type)
        known.append(elements)
        isEarlier.append(false)
        return types.count - 1
    }

    /// Declares that the tensors written so far lie in the memory of an earlier stage.
    mutating func beginStage() {
        isEarlier = indices.map { types[$0] != nil && known[$0] == nil }
    }

    /// The bytes that a tensor needs in the memory of this stage; nil if it lies elsewhere.
    func byteCount(_ index: Int) -> Int? {
        known[index] == nil && !isEarlier[index] ? types[index]?.byteCount : nil
    }
}
