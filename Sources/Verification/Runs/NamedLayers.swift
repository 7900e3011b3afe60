import GraphIR
import Tensors

/// The outputs of layers that a file written from a graph holds under the same names, if it holds them.
struct NamedLayers {
    /// The values by name.
    let values: [String: ValueID]

    init(of graph: Graph) {
        let layers = graph.nodes.flatMap(\.outputs).filter { graph[$0].layer != nil }
        let named = Dictionary(grouping: layers) { graph[$0].name }
        values = named.filter { $1.count == 1 }.compactMapValues(\.first)
    }

    /// The extents of the blocks that the last axis of a value is joined from.
    static func blocks(of id: ValueID, in graph: Graph) -> [Int] {
        guard let producer = graph.producer(of: id), case .concatenate(let join) = producer.op,
            join.axis == graph[id].shape.rank - 1
        else { return [] }
        return producer.inputs.compactMap { graph[$0].shape.dims.last }
    }
}
