import Evaluation
import GraphIR
import Tensors

/// Judges every layer of a file on its own: the model's layers get what the file computed for those before.
///
/// Rounding is then amplified within one layer only, and measured: the model runs again with all that goes into a layer
/// moved by a unit in the last place.
struct LayerwiseCheck {
    private typealias Suspects = [ValueID: Suspect]

    private let graph: Graph
    private let tolerance: Double
    private let layers: NamedLayers
    private let model: GraphEvaluator
    private let plain: GraphEvaluator
    private let moved: [GraphEvaluator]
    private let free: [GraphEvaluator]
    private(set) var findings = LayerwiseFindings()

    /// Nothing checked yet.
    init(
        _ graph: Graph, tolerance: Double, precision: GraphEvaluator.Precision, threads: Int
    ) {
        self.graph = graph
        self.tolerance = tolerance
        layers = NamedLayers(of: graph)
        func evaluator() -> GraphEvaluator {
            GraphEvaluator(graph, precision: precision, threads: threads)
        }
        model = evaluator()
        plain = evaluator()
        moved = (0..<2).map { _ in evaluator() }
        free = (0..<2).map { _ in evaluator() }
    }

    /// Runs the file and the model on one sample.
    ///
    /// - Parameter expected: the outputs that the model should have.
    mutating func add(_ sample: Sample, expected: [Tensor], _ runner: FileRunner) throws {
        let named = layers.values
        var found: [ValueID: Tensor] = [:]
        let outputs = try runner.run(sample.inputs) { name, tensor in
            if let id = named[name] { found[id] = tensor }
        }
        for (port, tensor) in zip(graph.outputs, outputs) where found[port.value] == nil {
            found[port.value] = tensor
        }
        try judgeLayers(sample.inputs, found)
        if findings.wrong != nil { return }
        try judgeOutputs(sample.inputs, expected, outputs)
    }

    private mutating func judgeLayers(_ inputs: [Tensor], _ found: [ValueID: Tensor]) throws {
        var suspects: [(id: ValueID, suspect: Suspect)] = []
        _ = try model.outputs(for: inputs) { id, value in
            guard let actual = Self.match(found[id], value) else { return value }
            if let suspect = suspect(value, actual, id) { suspects.append((id, suspect)) }
            return actual
        }
        guard !suspects.isEmpty || !graph.states.isEmpty else { return }
        for (number, evaluator) in moved.enumerated() {
            var perturbation = Perturbation(seed: UInt64(number + 1))
            let places = Dictionary(
                uniqueKeysWithValues: suspects.enumerated().map { ($1.id, $0) })
            _ = try evaluator.outputs(for: inputs) { id, value in
                if let place = places[id] {
                    suspects[place].suspect.add(perturbed: Constant(value).doubles())
                }
                let isInput = graph.producer(of: id) == nil
                guard let actual = isInput ? value : Self.match(found[id], value) else {
                    return value
                }
                return perturbation.perturbed(actual)
            }
        }
        for (id, suspect) in suspects {
            findings.add(
                layer: graph[id].layer ?? graph[id].name, suspect.verdict(tolerance: tolerance))
        }
    }

    /// Whether rounding explains how far the outputs are from those of the whole model.
    private mutating func judgeOutputs(
        _ inputs: [Tensor], _ expected: [Tensor], _ actual: [Tensor]
    ) throws {
        var suspects = zip(graph.outputs, zip(expected, actual)).map { port, pair in
            suspect(pair.0, pair.1, port.value)
        }
        guard suspects.contains(where: { $0 != nil }) || !graph.states.isEmpty else { return }
        let unmoved = try plain.run(inputs)
        for (number, evaluator) in free.enumerated() {
            var perturbation = Perturbation(seed: UInt64(number + 11))
            let outputs = try evaluator.outputs(for: inputs) { id, value in
                let isMoved = graph.producer(of: id) == nil || graph[id].layer != nil
                return isMoved ? perturbation.perturbed(value) : value
            }
            for position in outputs.indices {
                suspects[position]?.add(
                    unmoved: Constant(unmoved[position]).doubles(),
                    perturbed: Constant(outputs[position]).doubles())
            }
        }
        for (port, suspect) in zip(graph.outputs, suspects) {
            guard let suspect else { continue }
            findings.add(output: port.name, suspect.verdict(tolerance: tolerance))
        }
    }

    /// What the file has for a value, if it is of the same type.
    private static func match(_ found: Tensor?, _ value: Tensor) -> Tensor? {
        guard let found, found.shape == value.shape, found.dtype == value.dtype else { return nil }
        return found
    }

    private func suspect(_ value: Tensor, _ actual: Tensor, _ id: ValueID) -> Suspect? {
        var difference = OutputDifference(name: "")
        let (expected, found) = (Constant(value).doubles(), Constant(actual).doubles())
        difference.add(expected: expected, actual: found)
        guard !(difference.relativeError <= tolerance) else { return nil }
        return Suspect(
            expected, found, spread: difference.spread, shape: value.shape,
            blocks: NamedLayers.blocks(of: id, in: graph))
    }
}
