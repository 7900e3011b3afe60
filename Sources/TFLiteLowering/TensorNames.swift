import GraphIR

/// The names of tensors: those of the values, made different where two are the same.
///
/// Inputs, outputs and the results of Keras layers come first and keep theirs.
struct TensorNames {
    private var names = UniqueNames()
    private var nameOfValue: [ValueID: String] = [:]

    init(_ graph: Graph) {
        let ports =
            (graph.inputs + graph.outputs).map(\.value) + graph.states.map(\.input)
        let made = graph.nodes.flatMap(\.outputs)
        let layers = made.filter { graph[$0].layer != nil }
        let read = graph.nodes.flatMap(\.inputs)
        for id in ports + layers + made + read where nameOfValue[id] == nil {
            nameOfValue[id] = names.unique(graph[id].name)
        }
    }

    /// The name of a value that is an input, an output, read or made.
    func name(of id: ValueID) -> String { nameOfValue[id] ?? "" }

    /// A name that no tensor has yet, `name` if possible.
    mutating func unique(_ name: String) -> String { names.unique(name) }
}

/// Names that are made different by a number at the end.
struct UniqueNames {
    private var used: Set<String> = []
    private var nextNumbers: [String: Int] = [:]

    mutating func unique(_ name: String) -> String {
        if used.insert(name).inserted { return name }
        var number = nextNumbers[name] ?? 1
        while !used.insert("\(name)_\(number)").inserted { number += 1 }
        nextNumbers[name] = number + 1
        return "\(name)_\(number)"
    }
}
