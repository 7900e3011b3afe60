import Reports

extension ConversionReport {
    /// The report as an HTML page that needs no other file: with the graphs of the model and of the file, if
    /// `ConversionOptions.outlinesGraphs` asked for them.
    ///
    /// - Parameters:
    ///   - comparison: how far each layer of the file is from the model.
    ///   - benchmark: how long each operator of the file takes.
    public func html(comparison: ComparisonReport? = nil, benchmark: BenchmarkReport? = nil)
        -> String
    {
        var document = document(false)
        document.sections = []
        if let graphs {
            let errors = comparison.map { comparison in
                Dictionary(
                    comparison.layers.map { ($0.name, $0.relativeError) }, uniquingKeysWith: max)
            }
            let costs = LayerCosts(graphs, benchmark: benchmark, errors: errors)
            document.sections += [
                .init([.table(costs.table)], heading: "Layers"),
                .init(
                    [.graph(graphs.before.picture("The model as it was read."))], heading: "Before"),
                .init(
                    [.graph(graphs.after.picture("The operators of the file."))], heading: "After"),
            ]
        }
        document.sections.append(.init([.table(passTable)], heading: "Passes"))
        return document.html
    }

    private var passTable: ReportTable {
        ReportTable(
            [.text("pass"), .text("left alone"), .number("changes")],
            passes.filter { $0.changes > 0 || !$0.notes.isEmpty }.map {
                .init([$0.name, $0.notes.joined(separator: "; "), String($0.changes)])
            })
    }
}

/// What each Keras layer costs before and after.
private struct LayerCosts {
    private struct Cost {
        var operators = 0
        var parameters = 0
        var bytes = 0
        var multiplyAccumulates = 0
        var predicted = 0.0
        var measured = 0.0
        var storages: [String] = []
    }

    private var layers: [String] = []
    private var before: [String: Cost] = [:]
    private var after: [String: Cost] = [:]
    private let isMeasured: Bool
    /// The errors of layers relative to their spread.
    private let errors: [String: Double]?

    init(_ graphs: GraphPair, benchmark: BenchmarkReport?, errors: [String: Double]?) {
        self.errors = errors
        let times = benchmark?.operators.map(\.seconds) ?? []
        isMeasured = times.count == graphs.after.operators.count
        for node in graphs.before.operators { add(node, to: \.before, seconds: 0) }
        for (index, node) in graphs.after.operators.enumerated() {
            add(node, to: \.after, seconds: isMeasured ? times[index] : 0)
        }
    }

    private mutating func add(
        _ node: GraphOutline.Operator, to costs: WritableKeyPath<LayerCosts, [String: Cost]>,
        seconds: Double
    ) {
        if before[node.layer] == nil, after[node.layer] == nil { layers.append(node.layer) }
        var cost = self[keyPath: costs][node.layer] ?? Cost()
        cost.operators += 1
        cost.parameters += node.parameters
        cost.bytes += node.parameterBytes
        cost.multiplyAccumulates += node.multiplyAccumulates
        cost.predicted += node.predictedSeconds
        cost.measured += seconds
        if !cost.storages.contains(node.storage) { cost.storages.append(node.storage) }
        self[keyPath: costs][node.layer] = cost
    }

    var table: ReportTable {
        var columns: [ReportTable.Column] = [
            .text("layer"), .text("stored as"), .number("operators"), .number("parameters"),
            .number("bytes"),
            .number("MACs"), .number("predicted"),
        ]
        if isMeasured { columns.append(.number("measured")) }
        if errors != nil { columns.append(.number("error")) }
        let rows = layers.map { layer in
            let (old, new) = (before[layer] ?? Cost(), after[layer] ?? Cost())
            func pair(_ text: (Cost) -> String) -> String {
                text(old) == text(new) ? text(new) : "\(text(old)) → \(text(new))"
            }
            var cells = [
                layer, new.storages.joined(separator: "; "), pair { "\($0.operators)" },
                pair { Format.grouped($0.parameters) },
                pair { Format.bytes($0.bytes) }, pair { Format.large($0.multiplyAccumulates) },
                pair { Format.duration($0.predicted) },
            ]
            if isMeasured { cells.append(new.operators == 0 ? "" : Format.duration(new.measured)) }
            if let errors { cells.append(errors[layer].map(Format.scientific) ?? "") }
            return ReportTable.Row(cells)
        }
        return ReportTable(columns, rows)
    }
}

extension GraphOutline {
    fileprivate func picture(_ caption: String) -> ReportGraph {
        ReportGraph(
            caption: caption,
            operators.map { node in
                let numbers =
                    node.parameters == 0 ? "" : ", \(Format.grouped(node.parameters)) parameters"
                return .init(
                    label: node.kind,
                    detail: "\(node.name), \(Format.shape(node.shape)) \(node.storage)\(numbers), "
                        + Format.duration(node.predictedSeconds),
                    group: node.layer, inputs: node.inputs)
            })
    }
}

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
