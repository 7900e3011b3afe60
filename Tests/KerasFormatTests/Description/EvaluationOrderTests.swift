import KerasFormat
import Problems
import Testing

/// Numbering of calls and order of evaluation.
@Suite struct EvaluationOrderTests {
    private let input = """
        {"class_name": "InputLayer", "name": "a", "config": {"name": "a"}, "inbound_nodes": []}
        """

    private func plain(_ name: String, on nodes: String...) -> String {
        """
        {"class_name": "Add", "name": "\(name)", "config": {"name": "\(name)"},
         "inbound_nodes": [\(nodes.joined(separator: ","))]}
        """
    }

    private func nested(_ name: String, sequential: Bool = false, on nodes: String...) -> String {
        let ends = "\"input_layers\": [[\"a\", 0, 0]], \"output_layers\": [[\"a\", 0, 0]]"
        return """
            {"class_name": "Functional", "name": "\(name)", "config": {"name": "\(name)",
             "layers": [\(input)]\(sequential ? "" : ", " + ends)},
             "inbound_nodes": [\(nodes.joined(separator: ","))]}
            """
    }

    private func model(
        _ layers: String..., output: String, version: String = "2.9.0"
    ) throws -> ModelDescription {
        try ModelParser.model(
            JSONParser.parse(
                """
                {"class_name": "Functional", "keras_version": "\(version)", "config": {"name": "m",
                 "layers": [\(input), \(layers.joined(separator: ","))],
                 "input_layers": [["a", 0, 0]], "output_layers": [\(output)]}}
                """))
    }

    private func nodes(_ model: ModelDescription, _ layer: String) -> [Int] {
        (model.layer(named: layer)?.calls ?? []).flatMap { $0.tensors.map { $0.node } }
    }

    @Test func countsCallsOfNestedModelsFromZero() throws {
        let keras2 = try model(
            nested("n", on: "[[\"a\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]"),
            plain("x", on: "[[\"n\", 1, 0, {}], [\"n\", 2, 0, {}]]"), output: "[\"n\", 1, 0]")
        #expect(nodes(keras2, "x") == [0, 1] && keras2.outputs.tensors[0].node == 0)
        let keras3 = try model(
            nested("n", on: "[[\"a\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]"),
            plain("x", on: "[[\"n\", 0, 0, {}], [\"n\", 1, 0, {}]]"), output: "[\"n\", 1, 0]",
            version: "3.3.0")
        #expect(nodes(keras3, "x") == [0, 1] && keras3.outputs.tensors[0].node == 0)
        let sequential = try model(
            nested("n", sequential: true, on: "[[\"a\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]"),
            output: "[\"n\", 1, 0]", version: "3.3.0")
        #expect(sequential.outputs.tensors[0].node == 1)
    }

    @Test func usesTheVersionWhereNumbersDoNotTell() throws {
        let layers = nested(
            "n", on: "[[\"a\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]", "[[\"a\", 0, 0, {}]]")
        let user = plain("x", on: "[[\"n\", 1, 0, {}], [\"n\", 2, 0, {}]]")
        let keras2 = try model(layers, user, output: "[\"x\", 0, 0]")
        let keras3 = try model(layers, user, output: "[\"x\", 0, 0]", version: "3.3.0")
        #expect(nodes(keras2, "x") == [0, 1] && nodes(keras3, "x") == [1, 2])
    }

    @Test func sortsSharedLayers() throws {
        let model = try model(
            plain("x", on: "[[\"y\", 0, 0]]", "[[\"a\", 0, 0]]"), plain("y", on: "[[\"x\", 1, 0]]"),
            output: "[\"x\", 0, 0]")
        let order = try model.evaluationOrder().map { "\(model.layers[$0.layer].name)\($0.node)" }
        #expect(order == ["x1", "y0", "x0"])
    }

    @Test func refusesBrokenGraphs() throws {
        let cycle = try model(
            plain("x", on: "[[\"y\", 0, 0]]"), plain("y", on: "[[\"x\", 0, 0]]"),
            output: "[\"x\", 0, 0]")
        #expect(
            throws: Problem(
                .brokenTopology("the layers 'x', 'y' depend on each other in a circle"))
        ) { try cycle.evaluationOrder() }
        let missing = try model(plain("x", on: "[[\"gone\", 0, 0]]"), output: "[\"x\", 0, 0]")
        #expect(
            throws: Problem(
                .brokenTopology("there is no layer 'gone'"), layer: "x", layerClass: "Add")
        ) { try missing.evaluationOrder() }
        for (node, output) in [
            ("[[\"a\", 1, 0]]", "[\"x\", 0, 0]"), ("[[\"a\", 0, 0]]", "[\"x\", 1, 0]"),
        ] {
            let broken = try model(plain("x", on: node), output: output)
            #expect(throws: Problem.self) { try broken.evaluationOrder() }
        }
    }

    @Test func sortsLongChains() throws {
        let count = 20_000
        let layers = (0..<count).reversed().map {
            plain("x\($0)", on: "[[\"\($0 == 0 ? "a" : "x\($0 - 1)")\", 0, 0]]")
        }
        let model = try model(
            layers.joined(separator: ","), output: "[\"x\(count - 1)\", 0, 0]")
        #expect(try model.evaluationOrder().first?.layer == count)
    }
}
