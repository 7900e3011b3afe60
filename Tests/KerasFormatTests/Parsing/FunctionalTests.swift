import KerasFormat
import Problems
import Testing

@Suite struct FunctionalTests {
    /// The call that `node` describes, of a layer of class `className` in a model with the inputs a and b.
    private func call(_ node: String, className: String = "Add") throws -> CallDescription {
        let inputs = ["a", "b"].map {
            """
            {"class_name": "InputLayer", "name": "\($0)", "inbound_nodes": [],
             "config": {"name": "\($0)", "batch_input_shape": [null, 4]}}
            """
        }
        let model = try ModelParser.model(
            JSONParser.parse(
                """
                {"class_name": "Functional", "config": {"name": "m", "layers": [
                 \(inputs.joined(separator: ",")), {"class_name": "\(className)", "name": "x",
                 "config": {"name": "x"}, "inbound_nodes": [\(node)]}],
                 "input_layers": [["a", 0, 0], ["b", 0, 0]], "output_layers": [["x", 0, 0]]}}
                """))
        return try #require(model.layer(named: "x")?.calls.first)
    }

    private let a = Argument.tensor(TensorReference(layer: "a", node: 0, tensor: 0))
    private let b = Argument.tensor(TensorReference(layer: "b", node: 0, tensor: 0))

    @Test func readsKeras1And2Calls() throws {
        #expect(try call("[[\"a\", 0, 0]]") == CallDescription(arguments: [a]))
        #expect(try call("[[\"a\", 0, 0, {}]]") == CallDescription(arguments: [a]))
        #expect(
            try call("[[\"a\", 0, 0, {}], [\"b\", 0, 0, {}]]")
                == CallDescription(arguments: [.list([a, b])]))
        #expect(
            try call("{\"q\": [\"a\", 0, 0, {\"k\": 1}], \"p\": [\"b\", 0, 0, {}]}")
                == CallDescription(
                    arguments: [.dictionary(["p": b, "q": a])],
                    keywordArguments: ["k": .constant(.int(1))]))
        #expect(
            try call("[[[\"a\", 0, 0, {}], [\"b\", 0, 0, {}]], [\"a\", 0, 0, {}]]")
                == CallDescription(arguments: [.list([.list([a, b]), a])]))
        #expect(try call("[]") == CallDescription(arguments: []))
    }

    @Test func readsOperations() throws {
        let add = try call(
            "[\"a\", 0, 0, {\"y\": [\"b\", 0, 0], \"name\": null}]", className: "TFOpLambda")
        #expect(
            add
                == CallDescription(
                    arguments: [a], keywordArguments: ["y": b, "name": .constant(.null)]))
        #expect(
            try call("[[\"a\", 0, 0, {\"axis\": -1}]]", className: "TFOpLambda")
                == CallDescription(
                    arguments: [.list([a])], keywordArguments: ["axis": .constant(.int(-1))]))
        #expect(
            try call(
                "[\"_CONSTANT_VALUE\", -1, 3.0, {\"y\": [\"a\", 0, 0]}]", className: "TFOpLambda")
                == CallDescription(
                    arguments: [.constant(.double(3))], keywordArguments: ["y": a]))
    }

    @Test func tellsTensorsFromConstantsInKeywords() throws {
        let call = try call(
            """
            [["a", 0, 0, {"list": ["zzz", 0, 0], "key": ["b", 0, 0], "deep": [[1, ["b", 0, 0]], 2],
             "map": {"u": ["b", 0, 0]}, "perm": [0, 2, 1], "none": ["_CONSTANT_VALUE", -1, 5]}]]
            """)
        let named = call.keywordArguments
        #expect(named["key"] == b && named["map"] == .dictionary(["u": b]))
        #expect(named["list"] == .constant(.array([.string("zzz"), .int(0), .int(0)])))
        #expect(
            named["deep"]
                == .list([.list([.constant(.int(1)), b]), .constant(.int(2))]))
        #expect(named["perm"] == .constant(.array([.int(0), .int(2), .int(1)])))
        #expect(named["none"] == .constant(.int(5)))
        #expect(call.tensors.map { $0.layer } == ["a", "b", "b", "b"])
    }

    @Test func readsKeras3Calls() throws {
        let tensor = { (name: String) in
            """
            {"class_name": "__keras_tensor__", "config": {"shape": [null, 4], "dtype": "float32",
             "keras_history": ["\(name)", 0, 0]}}
            """
        }
        let call = try call(
            """
            {"args": [[\(tensor("a")), \(tensor("b"))], 2.5], "kwargs": {"mask": \(tensor("b")),
             "slice": {"class_name": "__slice__", "config": {"start": 1}}}}
            """)
        #expect(call.arguments == [.list([a, b]), .constant(.double(2.5))])
        #expect(call.keywordArguments["mask"] == b)
        guard case .constant? = call.keywordArguments["slice"] else {
            Issue.record("the slice is not kept as a constant")
            return
        }
    }

    @Test func refusesBrokenCalls() {
        for node in [
            "7", "[[\"a\", 0]]", "[[\"a\", -1, 0, {}]]", "[[\"a\", \"b\", 0]]", "[[1, 2, 3]]",
        ] {
            #expect(throws: Problem.self, "\(node)") { try call(node) }
        }
    }

    @Test func readsStructuredEnds() throws {
        let ends = { (inputs: String, outputs: String) in
            try ModelParser.model(
                JSONParser.parse(
                    """
                    {"class_name": "Functional", "config": {"name": "m", "layers": [
                     {"class_name": "InputLayer", "name": "a", "config": {}, "inbound_nodes": []},
                     {"class_name": "InputLayer", "name": "b", "config": {}, "inbound_nodes": []}],
                     "input_layers": \(inputs), "output_layers": \(outputs)}}
                    """))
        }
        let model = try ends(
            "[\"a\", 0, 0]", "{\"s\": [\"a\", 0, 0], \"d\": [[\"b\", 0, 0], [\"a\", 0, 0]]}")
        #expect(model.inputs == a)
        #expect(model.outputs.leaves.map { $0.key } == ["d", "d", "s"])
        #expect(model.outputs.tensors.map { $0.layer } == ["b", "a", "a"])
        for broken in ["[]", "7", "[[\"a\"]]", "null"] {
            #expect(throws: Problem.self) { try ends("[[\"a\", 0, 0]]", broken) }
        }
    }

    /// The tensors that `sum` adds in a model that calls the layer `d` on each of three inputs.
    private func summed(_ numbers: [Int], outputs: String = "") throws -> [Int] {
        let tensor = { (name: String, node: Int) in
            """
            {"class_name": "__keras_tensor__", "config": {"shape": [null, 4], "dtype": "float32",
             "keras_history": ["\(name)", \(node), 0]}}
            """
        }
        let inputs = ["a", "b", "c"]
        let layers =
            inputs.map {
                """
                {"class_name": "InputLayer", "name": "\($0)", "inbound_nodes": [], "config": {}}
                """
            } + [
                """
                {"class_name": "Dense", "name": "d", "config": {}, "inbound_nodes": [
                 \(inputs.map { "{\"args\": [\(tensor($0, 0))], \"kwargs\": {}}" }
                    .joined(separator: ","))]}
                """,
                """
                {"class_name": "Add", "name": "sum", "config": {}, "inbound_nodes": [
                 {"args": [[\(numbers.map { tensor("d", $0) }.joined(separator: ","))]],
                  "kwargs": {}}]}
                """,
            ]
        let model = try ModelParser.model(
            JSONParser.parse(
                """
                {"class_name": "Functional", "config": {"name": "m",
                 "layers": [\(layers.joined(separator: ","))],
                 "input_layers": [["a", 0, 0], ["b", 0, 0], ["c", 0, 0]],
                 "output_layers": [["sum", 0, 0]\(outputs)]}}
                """))
        return try #require(model.layer(named: "sum")?.calls.first).tensors.map { $0.node }
    }

    @Test func countsCallsOfThisModelOnly() throws {
        #expect(try summed([0, 1, 2]) == [0, 1, 2])
        #expect(try summed([2, 1, 0]) == [2, 1, 0])
        #expect(try summed([1, 3, 4]) == [0, 1, 2])
        #expect(try summed([3, 0], outputs: ", [\"d\", 1, 0]") == [2, 0])
        #expect(try summed([0, 2], outputs: ", [\"d\", 1, 0]") == [0, 2])
        #expect(try summed([0, 1], outputs: ", [\"d\", 2, 0]") == [0, 1])
    }

    @Test func refusesLostNumbersOfCalls() {
        let problem = #expect(throws: Problem.self) { try summed([0, 0, 0]) }
        guard case .brokenTopology? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(throws: Problem.self) { try summed([0, 0], outputs: ", [\"d\", 2, 0]") }
    }
}
