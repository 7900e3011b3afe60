import Reports

/// The predicted times of operators by the names of their results, as Model Explorer shows them beside a graph.
///
/// Its file of node data names a graph, and for each tensor of it a value.
struct NodeData: Encodable {
    private struct Value: Encodable {
        let value: Double
    }

    private struct Stop: Encodable {
        let stop: Double
        let bgColor: String
    }

    private struct GraphValues: Encodable {
        let results: [String: Value]
        let gradient: [Stop]
    }

    private let graphs: [String: GraphValues]

    init(_ outline: GraphOutline, graph: String) {
        let values = outline.operators.map { ($0.name, Value(value: $0.predictedSeconds * 1e6)) }
        graphs = [
            graph: GraphValues(
                results: Dictionary(values) { first, _ in first },
                gradient: [Stop(stop: 0, bgColor: "white"), Stop(stop: 1, bgColor: "orange")])
        ]
    }

    func encode(to encoder: any Encoder) throws { try graphs.encode(to: encoder) }
}

extension ConversionReport {
    /// Microseconds that the cost model predicts for each operator, by the name of its result, as a file of node data of Model Explorer;
    /// nil unless `ConversionOptions.outlinesGraphs` asked for the graphs.
    public func nodeData() throws(ConversionError) -> String? {
        guard let graphs else { return nil }
        return try ConversionError.wrapping {
            try NodeData(graphs.after, graph: model).jsonText()
        }
    }
}
