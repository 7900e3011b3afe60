import GraphIR
import Tensors

/// What a file computed for the values of a model that it holds.
struct FoundValues {
    private let graph: Graph
    private let layers: NamedLayers
    private var values: [ValueID: Tensor] = [:]
    /// Unrolled steps by the name of their sequence.
    private var steps: [String: [Int: Tensor]] = [:]
    /// What follows from other values of the file alone: the last steps of sequences.
    private(set) var derived: [ValueID: Tensor] = [:]

    /// Nothing so far.
    init(_ graph: Graph) {
        self.graph = graph
        layers = NamedLayers(of: graph)
    }

    /// The value that the file has, if it is of the same type as `value`.
    func match(_ id: ValueID, _ value: Tensor) -> Tensor? {
        guard let found = values[id] ?? derived[id], found.shape == value.shape,
            found.dtype == value.dtype
        else { return nil }
        return found
    }

    /// Adds what an operator made.
    mutating func add(_ tensor: Tensor, named name: String) {
        if let id = layers.values[name] {
            values[id] = tensor
        } else if let colon = name.lastIndex(of: ":"), let step = Int(name[colon...].dropFirst()) {
            steps[String(name[..<colon]), default: [:]][step] = tensor
        }
    }

    /// Adds an output of the file, unless it is there.
    mutating func add(_ tensor: Tensor, _ id: ValueID) {
        if values[id] == nil { values[id] = tensor }
    }

    /// Joins unrolled steps, and takes the last ones of sequences.
    mutating func finish() {
        for node in graph.nodes {
            guard case .recurrence = node.op else { continue }
            let (sequence, last) = (node.outputs[0], node.outputs[1])
            if values[sequence] == nil { values[sequence] = joined(graph[sequence].name) }
            guard let found = values[sequence], found.shape.rank > 2, found.shape[1] > 0 else {
                continue
            }
            let end = found.shape[1]
            let step = Constant(found).sliced(end - 1..<end, axis: 1)
            derived[last] = step.reshaped(graph[last].shape).tensor()
        }
    }

    /// The steps of a name as one sequence; nil if one is missing.
    private func joined(_ name: String) -> Tensor? {
        guard let found = steps[name] else { return nil }
        let tensors = (0..<found.count).compactMap { found[$0] }
        guard tensors.count == found.count, let first = tensors.first,
            first.dtype == .float32, first.shape.rank > 2,
            tensors.allSatisfy({ $0.shape == first.shape })
        else { return nil }
        let width = first.count / max(first.shape[0], 1)
        let arrays = tensors.map { $0.array(of: Float.self) }
        let elements = (0..<first.shape[0]).flatMap { record in
            arrays.flatMap { $0[record * width..<(record + 1) * width] }
        }
        var shape = first.shape
        shape[1] = found.count
        return Tensor(elements, shape)
    }
}
