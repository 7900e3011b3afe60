import Evaluation
import Foundations
import GraphIR
import Tensors

/// Collects how far the layers of a file are from those of a model, over several runs.
struct LayerDifferences {
    private let graph: Graph
    private let tolerance: Double
    private var pairing: LayerPairing?
    private var order: [(layer: String, value: ValueID)] = []
    private var differences: [String: OutputDifference] = [:]
    /// For layers stored as integers how many numbers of the model lie beyond what these reach, and how many there are.
    private var saturation: [String: (beyond: Int, count: Int)] = [:]

    /// Nothing so far.
    ///
    /// - Parameter tolerance: the largest accepted error relative to the spread.
    init(_ graph: Graph, tolerance: Double) {
        self.graph = graph
        self.tolerance = tolerance
    }

    /// Runs both sides on one set of inputs.
    mutating func add(
        _ inputs: [Tensor], _ evaluator: GraphEvaluator, _ runner: FileRunner
    ) throws {
        var found = FileTensors()
        _ = try runner.run(inputs) { found.add($0, $1, $2) }
        var pairing = self.pairing ?? makePairing(runner, found)
        _ = try evaluator.run(inputs) { id, expected in
            guard let layer = graph[id].layer, graph.producer(of: id) != nil,
                let actual = pairing.tensor(for: graph[id], of: layer, expected, among: found),
                actual.count == expected.count
            else { return }
            if differences[layer] == nil { order.append((layer, id)) }
            try ResourceBudget.current.holding(
                16 * expected.count, for: "the comparison of a layer"
            ) {
                let range = pairing.name(of: layer).flatMap { found.range($0) }
                add(layer, Constant(expected).doubles(), Constant(actual).doubles(), range)
            }
        }
        self.pairing = pairing
    }

    private func makePairing(_ runner: FileRunner, _ found: FileTensors) -> LayerPairing {
        let layers = graph.nodes.flatMap(\.outputs).filter { graph[$0].layer != nil }
        let named = zip(graph.outputs.map(\.value), runner.outputNames)
        return LayerPairing(
            names: layers.map { graph[$0].name }, in: found,
            outputs: Dictionary(named.map { ($0, $1) }, uniquingKeysWith: { first, _ in first }),
            tolerance: tolerance)
    }

    private mutating func add(
        _ layer: String, _ expected: [Double], _ actual: [Double], _ range: ClosedRange<Double>?
    ) {
        differences[layer, default: OutputDifference(name: layer)]
            .add(expected: expected, actual: actual)
        guard let range else { return }
        let beyond = expected.count { !range.contains($0) }
        let before = saturation[layer] ?? (0, 0)
        saturation[layer] = (before.beyond + beyond, before.count + expected.count)
    }

    private func isDiverging(_ layer: String) -> Bool {
        !(differences[layer]?.relativeError ?? 0 <= tolerance)
    }

    /// The layers that were compared, in running order.
    ///
    /// A tensor that was chosen by its name is not the layer's output if it differs and everything computed from it does
    /// not.
    private var compared: [(layer: String, value: ValueID)] {
        let guesses = pairing?.guesses ?? []
        return order.filter { layer, value in
            guard guesses.contains(layer), isDiverging(layer) else { return true }
            let next = nextCompared(after: value)
            return next.isEmpty || next.contains(where: isDiverging)
        }
    }

    /// The compared layers that a value reaches without passing another one.
    private func nextCompared(after value: ValueID) -> Set<String> {
        var (open, seen, found) = ([value], Set([value]), Set<String>())
        while let current = open.popLast() {
            for output in graph.users(of: current).flatMap(\.outputs) {
                guard seen.insert(output).inserted else { continue }
                if let layer = graph[output].layer, differences[layer] != nil {
                    found.insert(layer)
                } else {
                    open.append(output)
                }
            }
        }
        return found
    }

    /// The layers without a tensor of their own that a value is made by, in running order.
    private func merged(into value: ValueID, _ compared: Set<String>) -> [String] {
        var (open, seen, found) = ([value], Set([value]), [String]())
        while let current = open.popLast() {
            for input in graph.producer(of: current)?.inputs.reversed() ?? [] {
                let layer = graph[input].layer
                guard !graph.isConstant(input), graph.producer(of: input) != nil,
                    layer.map(compared.contains) != true, seen.insert(input).inserted
                else { continue }
                if let layer { found.append(layer) }
                open.append(input)
            }
        }
        return found.reversed()
    }

    /// The first layer in running order whose signal to noise ratio is below a number of decibels; else the worst one.
    func firstLosing(below floor: Double) -> String? {
        let rows = rows
        return rows.first { $0.signalToNoise < floor }?.name
            ?? rows.min { $0.signalToNoise < $1.signalToNoise }?.name
    }

    /// One row for each layer, in running order.
    var rows: [LayerDifference] {
        let compared = compared
        let names = Set(compared.map(\.layer))
        return compared.compactMap { layer, value in
            guard let difference = differences[layer] else { return nil }
            return LayerDifference(
                name: layer, merged: merged(into: value, names),
                maximumError: difference.maximumError, relativeError: difference.relativeError,
                cosine: difference.agreement.cosine,
                signalToNoise: difference.agreement.signalToNoise,
                saturatedPart: saturation[layer].map {
                    Double($0.beyond) / Double(max($0.count, 1))
                }, isDiverging: isDiverging(layer))
        }
    }
}
