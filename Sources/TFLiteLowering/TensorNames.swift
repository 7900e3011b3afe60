import Foundations
import GraphIR
import Problems

/// The names of tensors: those of the values, made different if two are the same.
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
    ///
    /// - Throws: `Problem.Kind.invalidGraph` for any other value.
    func name(of value: Value) throws -> String {
        guard let name = nameOfValue[value.id] else {
            throw Problem(.invalidGraph("nothing makes or reads '\(value.name)'", pass: nil))
        }
        return name
    }

    /// A name that no tensor has yet, `name` if possible.
    mutating func unique(_ name: String) -> String { names.unique(name) }
}
