import Foundation
import Foundations
import KerasImport
import Legalize
import Passes
import Problems
import Targets
import TestSupport
import Testing

/// Models of eight times as many layers, calls or steps take about eight times the work, counted in steps of the budget.
struct ModelScalingTests {
    private static let weights = Repository.testdata("keras2/layers/conv2d/activation_relu6.h5")

    /// The steps that reading and optimizing a model draw.
    private func steps(
        _ json: String, weights: String = Self.weights, form: RecurrentForm = .auto
    ) throws -> Int {
        let budget = ResourceBudget(.init(bytes: .max, steps: .max))
        try budget.apply {
            let model = try KerasImporter.importModel(
                .bytes(Array(json.utf8), name: "m.json"), weights: .path(weights),
                options: ImportOptions(), progress: { _ in })
            var graph = try Legalize.expandRecurrences(in: model.graph, for: .liteRT, as: form)
            _ = try PassDriver(verifiesEveryPatch: false).run(on: &graph)
        }
        return budget.steps
    }

    private func expectLinear(_ make: (Int) throws -> Int) throws {
        let (small, large) = (try make(50), try make(400))
        #expect(small > 0)
        #expect(Double(large) < 8 * 1.5 * Double(small), "\(small) and \(large) steps")
    }

    /// A Functional model in JSON.
    private func model(_ layers: [String], inputs: [String], outputs: [String]) -> String {
        #"""
        {"class_name": "Functional", "keras_version": "2.15.0", "backend": "tensorflow", "config": {"name": "n",
         "layers": [\#(layers.joined(separator: ","))], "input_layers": [\#(inputs.joined(separator: ","))],
         "output_layers": [\#(outputs.joined(separator: ","))]}}
        """#
    }

    private func input(_ name: String) -> String {
        #"""
        {"class_name": "InputLayer", "name": "\#(name)", "inbound_nodes": [],
         "config": {"name": "\#(name)", "batch_input_shape": [null, 4], "dtype": "float32"}}
        """#
    }

    private func layer(
        _ name: String, _ calls: [String], class className: String = "Activation",
        _ config: String = #""activation": "tanh""#
    ) -> String {
        #"""
        {"class_name": "\#(className)", "name": "\#(name)", "config": {"name": "\#(name)", \#(config)},
         "inbound_nodes": [\#(calls.map { "[\($0)]" }.joined(separator: ","))]}
        """#
    }

    private func tensor(_ layer: String, _ node: Int = 0) -> String {
        #"["\#(layer)", \#(node), 0, {}]"#
    }

    @Test func longChains() throws {
        try expectLinear { count in
            let names = (0..<count).map { "layer_with_a_long_name_\($0)" }
            let layers = zip(names, ["x"] + names).map { layer($0, [tensor($1)]) }
            return try steps(
                model(
                    [input("x")] + layers, inputs: [#"["x", 0, 0]"#],
                    outputs: [#"["\#(names[count - 1])", 0, 0]"#]))
        }
    }

    /// One layer called again and again.
    @Test func sharedLayers() throws {
        try expectLinear { count in
            let calls = (0..<count).map { $0 == 0 ? tensor("x") : tensor("a", $0 - 1) }
            return try steps(
                model(
                    [input("x"), layer("a", calls)], inputs: [#"["x", 0, 0]"#],
                    outputs: [#"["a", \#(count - 1), 0]"#]))
        }
    }

    @Test func manyInputsAndOutputs() throws {
        try expectLinear { count in
            let inputs = (0..<count).map { "x\($0)" }
            let layers = inputs.map { layer("y\($0)", [tensor($0)]) }
            let sum = layer(
                "sum", [inputs.map { tensor($0) }.joined(separator: ",")], class: "Concatenate",
                #""axis": -1"#)
            return try steps(
                model(
                    inputs.map(input) + layers + [sum],
                    inputs: inputs.map { #"["\#($0)", 0, 0]"# },
                    outputs: (inputs.map { "y\($0)" } + ["sum"]).map { #"["\#($0)", 0, 0]"# }))
        }
    }

    /// The operations of every step of a recurrence.
    @Test func unrolledSteps() throws {
        let path = Repository.testdata("keras2/layers/gru/long_last")
        let json = try String(contentsOfFile: path + ".json", encoding: .utf8)
        try expectLinear { count in
            try steps(
                json.replacing("null, 90, 2", with: "null, \(count), 2"), weights: path + ".h5",
                form: .unroll)
        }
    }

    /// Calls that double at every level are refused before any of them is built.
    @Test func multipliedCallsTakeNoSteps() throws {
        let json = try String(
            contentsOfFile: Repository.testdata("hostile/nested-twice/m.json"), encoding: .utf8)
        let budget = ResourceBudget(.init())
        #expect(throws: (any Error).self) {
            try budget.apply {
                _ = try KerasImporter.importModel(
                    .bytes(Array(json.utf8), name: "m.json"), weights: .path(Self.weights),
                    options: ImportOptions(), progress: { _ in })
            }
        }
        #expect(budget.steps < 1_000_000)
    }
}
