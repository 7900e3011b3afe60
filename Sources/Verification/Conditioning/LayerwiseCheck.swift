import Evaluation
import GraphIR
import Tensors

/// Judges every layer of a file on its own: the model's layers get what the file computed for those before.
///
/// Rounding is then amplified within one layer only, and measured: the model runs again with all that goes into a layer, and
/// all that it computes on the way, moved by a unit in the last place. A layer may differ by what that explains, and by
/// a hundredth of the tolerance.
struct LayerwiseCheck {
    private let graph: Graph
    private let tolerance: Double
    private let layerTolerance: Double
    private let model: GraphEvaluator
    private let plain: GraphEvaluator
    private let moved: [GraphEvaluator]
    private let free: [GraphEvaluator]
    private(set) var findings = LayerwiseFindings()

    /// Nothing checked yet.
    init(
        _ graph: Graph, _ settings: VerificationSettings, precision: GraphEvaluator.Precision
    ) {
        self.graph = graph
        tolerance = settings.tolerance
        layerTolerance = settings.layerTolerance
        func evaluator() -> GraphEvaluator {
            GraphEvaluator(graph, precision: precision, threads: settings.threads.count)
        }
        model = evaluator()
        plain = evaluator()
        moved = (0..<2).map { _ in evaluator() }
        free = (0..<2).map { _ in evaluator() }
    }

    /// Runs the file and the model on one sample.
    ///
    /// - Parameter expected: the outputs that the model should have; nil if they are not judged.
    mutating func add(_ sample: Sample, expected: [Tensor]?, _ runner: FileRunner) throws {
        var found = FoundValues(graph)
        let outputs = try runner.run(sample.inputs) { name, tensor, _ in
            found.add(tensor, named: name)
        }
        for (port, tensor) in zip(graph.outputs, outputs) { found.add(tensor, port.value) }
        found.finish()
        try judgeLayers(sample.inputs, found)
        guard let expected, findings.wrong == nil else { return }
        try judgeOutputs(sample.inputs, expected, outputs)
    }

    private mutating func judgeLayers(_ inputs: [Tensor], _ found: FoundValues) throws {
        var suspects: [(id: ValueID, suspect: Suspect)] = []
        _ = try model.outputs(for: inputs) { id, value in
            guard let actual = found.match(id, value) else { return value }
            let expected = found.derived[id] ?? value
            if let suspect = suspect(expected, actual, id, beyond: layerTolerance) {
                suspects.append((id, suspect))
            }
            return actual
        }
        guard !suspects.isEmpty || !graph.states.isEmpty else { return }
        let places = Dictionary(uniqueKeysWithValues: suspects.enumerated().map { ($1.id, $0) })
        for (number, evaluator) in moved.enumerated() {
            guard needsRun(number, suspects.map(\.suspect), least: layerTolerance) else { break }
            var perturbation = Perturbation(seed: UInt64(number + 1))
            _ = try evaluator.outputs(for: inputs) { id, value in
                // Nothing rounds on the way from a sequence to its last step.
                if let place = places[id], found.derived[id] == nil {
                    suspects[place].suspect.add(perturbed: Constant(value).doubles())
                }
                return perturbation.perturbed(
                    found.match(id, value) ?? value, keepsWhole: graph.producer(of: id) == nil)
            }
        }
        for (id, suspect) in suspects {
            findings.add(
                layer: label(of: id),
                suspect.verdict(tolerance: tolerance, least: layerTolerance))
        }
    }

    /// Whether a perturbed run is needed: the first one, all of a model with state, and others if those before do not explain
    /// every difference.
    private func needsRun(_ number: Int, _ suspects: [Suspect], least: Double) -> Bool {
        number == 0 || !graph.states.isEmpty
            || suspects.contains {
                if case .wrong = $0.verdict(tolerance: tolerance, least: least) {
                    true
                } else {
                    false
                }
            }
    }

    /// The layer that a value belongs to.
    private func label(of id: ValueID) -> String {
        if let node = graph.producer(of: id), case .recurrence = node.op { return node.layer }
        return graph[id].layer ?? graph[id].name
    }

    /// Whether rounding explains how far the outputs are from those of the whole model.
    private mutating func judgeOutputs(
        _ inputs: [Tensor], _ expected: [Tensor], _ actual: [Tensor]
    ) throws {
        var suspects = zip(graph.outputs, zip(expected, actual)).map { port, pair in
            suspect(pair.0, pair.1, port.value, beyond: tolerance)
        }
        guard suspects.contains(where: { $0 != nil }) || !graph.states.isEmpty else { return }
        let unmoved = try plain.run(inputs)
        for (number, evaluator) in free.enumerated() {
            guard needsRun(number, suspects.compactMap { $0 }, least: tolerance) else { break }
            var perturbation = Perturbation(seed: UInt64(number + 11))
            let outputs = try evaluator.outputs(for: inputs) { id, value in
                let isInput = graph.producer(of: id) == nil
                guard isInput || graph[id].layer != nil else { return value }
                return perturbation.perturbed(value, keepsWhole: isInput)
            }
            for position in outputs.indices {
                suspects[position]?.add(
                    unmoved: Constant(unmoved[position]).doubles(),
                    perturbed: Constant(outputs[position]).doubles())
            }
        }
        for (port, suspect) in zip(graph.outputs, suspects) {
            guard let suspect else { continue }
            findings.add(
                output: port.name, suspect.verdict(tolerance: tolerance, least: tolerance))
        }
    }

    /// A value of the file that differs from that of the model by more than a part of its spread.
    private func suspect(
        _ value: Tensor, _ actual: Tensor, _ id: ValueID, beyond tolerance: Double
    ) -> Suspect? {
        var difference = OutputDifference(name: "")
        let (expected, found) = (Constant(value).doubles(), Constant(actual).doubles())
        difference.add(expected: expected, actual: found)
        guard !(difference.relativeError <= tolerance) else { return nil }
        return Suspect(
            expected, found, spread: difference.spread, shape: value.shape,
            blocks: NamedLayers.blocks(of: id, in: graph))
    }
}
