import Archives
import Evaluation
import Foundation
import Foundations
import GraphIR
import KerasImport
import Legalize
import Passes
import TFLiteFormat
import TFLiteLowering
import Targets
import TestSupport
import Tensors
import Testing
import Verification

/// A model whose file is verified as it is and with each fault in turn.
struct Trial {
    private let model: Graph
    private let form: RecurrentForm
    /// The graph that is written.
    private let written: Graph
    private let limit: Int
    /// Which faults have to be found: those that change an output by more than this part of its spread.
    private static let leastEffect = 1e-5

    /// - Parameter limit: how many nodes get faults, spread over the graph.
    init(
        _ architecture: String, weights: String?, form: RecurrentForm = .auto, limit: Int = .max
    ) throws {
        try self.init(
            KerasImporter.importModel(architecture: architecture, weights: weights).graph,
            form: form, limit: limit)
    }

    init(_ model: Graph, form: RecurrentForm = .auto, limit: Int = .max) throws {
        self.model = model
        self.form = form
        self.limit = limit
        written = try Self.optimized(model, form)
    }

    /// - Parameter original: the model whose forms of recurrences are taken, if `model` is the same on other extents.
    private static func optimized(
        _ model: Graph, _ form: RecurrentForm, like original: Graph? = nil
    ) throws -> Graph {
        var graph = try Legalize.expandRecurrences(
            in: model, for: .liteRT, as: form, chosenFor: original)
        _ = try PassDriver().run(on: &graph)
        try Legalize.expand(&graph, for: .liteRT)
        return graph
    }

    /// Verifies the file as it is and with each fault.
    ///
    /// - Parameter comparing: whether the comparison of a finished file with its model has to find the same.
    func run(comparing: Bool = false) throws {
        #expect(verify { $0 } == nil)
        if comparing { #expect(agrees { $0 }) }
        let values = try observed(written)
        let nodes = written.nodes
        for node in nodes.indices.filter({
            limit > nodes.count || $0 % (nodes.count / limit + 1) == 0
        })
        .map({ nodes[$0] }) {
            guard let output = values[node.output], output.dtype == .float32 else { continue }
            for fault in Fault.allCases {
                guard let faulty = try fault.faulty(written, at: node, output: output),
                    isVisible(faulty, values)
                else { continue }
                let change: (Graph) throws -> Graph = { graph in
                    guard let node = graph.node(node.id) else { return graph }
                    return try fault.faulty(graph, at: node, output: output) ?? graph
                }
                let place = "\(fault.rawValue) of \(node.op.functionName) in '\(node.layer)'"
                #expect(verify(changing: change) != nil, "\(place)")
                if comparing { #expect(!agrees(changing: change), "\(place), compared") }
            }
        }
    }

    /// Verifies the file with outputs that the model has, and with others.
    ///
    /// - Parameter part: how far wrong outputs are from right ones, in spreads; every second number is too large.
    func runRecorded(movedBy part: Double) throws {
        let inputs = try inputs
        let outputs = try GraphEvaluator(model, precision: .reference).run(inputs)
        #expect(try verify(with: inputs, outputs) == nil)
        for (position, output) in outputs.enumerated() where output.dtype == .float32 {
            var wrong = outputs
            wrong[position] = output.moved(by: part)
            guard Difference(wrong[position], output).relative > 0 else { continue }
            #expect(try verify(with: inputs, wrong) != nil, "output \(position)")
        }
    }

    /// Whether the file passes with outputs that were changed.
    func passesRecorded(changing change: (Tensor) -> Tensor) throws -> Bool {
        let inputs = try inputs
        let outputs = try GraphEvaluator(model, precision: .reference).run(inputs)
        return try verify(with: inputs, outputs.map(change)) == nil
    }

    private func verify(with inputs: [Tensor], _ outputs: [Tensor]) throws -> String? {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "recorded.npz").path
            let arrays =
                inputs.enumerated().map { (name: "in\($0)", array: $1) }
                + outputs.enumerated().map { (name: "out\($0)", array: $1) }
            try Data(NPZ.write(arrays)).write(to: URL(filePath: path))
            var settings = VerificationSettings()
            settings.recordedData = path
            return verify(settings) { $0 }
        }
    }

    /// What the verifier says of a file whose graph was changed; nil if it passes.
    private func verify(
        _ settings: VerificationSettings = VerificationSettings(),
        changing change: @escaping (Graph) throws -> Graph
    ) -> String? {
        do {
            let verifier = Verifier(
                model, settings,
                rewriting: { try Self.file(change(Self.optimized($0, form, like: model))) },
                expanding: { try Legalize.expandRecurrences(in: $0, for: .liteRT, as: form) })
            _ = try verifier.verify(Self.file(change(written)), with: verifier.startReference())
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Whether a comparison with the model passes a file whose graph was changed.
    private func agrees(changing change: (Graph) throws -> Graph) -> Bool {
        do {
            let runner = try FileRunner(Self.file(change(written)), threads: ThreadBudget(1))
            let verifier = Verifier(
                model, VerificationSettings(),
                expanding: { try Legalize.expandRecurrences(in: $0, for: .liteRT, as: form) })
            return try verifier.compareLayers(runner).outputs.isPassed
        } catch {
            return false
        }
    }

    private static func file(_ graph: Graph) throws -> FileSource {
        let lowered = try TFLiteLowering.lower(graph, for: .liteRT)
        return .bytes(try TFLiteWriter.bytes(of: lowered.model), name: "model.tflite")
    }

    private func observed(_ graph: Graph) throws -> [ValueID: Tensor] {
        var values: [ValueID: Tensor] = [:]
        _ = try GraphEvaluator(graph, precision: .fast).run(inputs) { values[$0] = $1 }
        return values
    }

    /// Whether a fault changes outputs on the inputs that the verifier takes first by more than rounding does.
    private func isVisible(_ faulty: Graph, _ values: [ValueID: Tensor]) -> Bool {
        guard let outputs = try? GraphEvaluator(faulty, precision: .fast).run(inputs) else {
            return true
        }
        return zip(outputs, written.outputs).contains { output, port in
            guard let right = values[port.value] else { return true }
            return !(Difference(output, right).relative < Self.leastEffect)
        }
    }

    private var inputs: [Tensor] {
        get throws { try Verifier(model, VerificationSettings()).firstInputs }
    }
}

extension Tensor {
    /// The numbers, in turns too large and too small by a part of their standard deviation, or of the largest magnitude if
    /// they are one number.
    fileprivate func moved(by part: Double) -> Tensor {
        let values = array(of: Float.self)
        let finite = values.filter(\.isFinite).map(Double.init)
        let count = Double(max(finite.count, 1))
        let mean = finite.reduce(0, +) / count
        let deviation = (finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        let largest = finite.map(abs).max() ?? 0
        let step = part * (deviation > 1e-5 * largest ? deviation : largest)
        return Tensor(
            values.enumerated().map { $1 + Float($0 % 2 == 0 ? step : -step) }, shape)
    }
}
