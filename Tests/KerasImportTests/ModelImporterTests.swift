import GraphIR
import KerasImport
import Problems
import Tensors
import Testing

@Suite struct ModelImporterTests {
    private let dense = TestModel.layer("Dense", "d", #""units": 2, "use_bias": false"#)

    /// Two calls of a layer and one of a model that holds another.
    private let shared = #"""
        {"class_name": "Functional", "keras_version": "2.15.0", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "name": "a", "inbound_nodes": [],
           "config": {"name": "a", "batch_input_shape": [null, 3], "dtype": "float32"}},
          {"class_name": "InputLayer", "name": "b", "inbound_nodes": [],
           "config": {"name": "b", "batch_input_shape": [null, 3], "dtype": "float32"}},
          {"class_name": "Dense", "name": "d", "config": {"name": "d", "units": 3},
           "inbound_nodes": [[["a", 0, 0, {}]], [["b", 0, 0, {}]]]},
          {"class_name": "Sequential", "name": "encoder", "inbound_nodes": [[["d", 1, 0, {}]]],
           "config": {"name": "encoder", "layers": [
             {"class_name": "Dense", "config": {"name": "inner", "units": 4, "use_bias": false,
              "batch_input_shape": [null, 3]}}]}},
          {"class_name": "Activation", "name": "act", "inbound_nodes": [[["d", 0, 0, {}]]],
           "config": {"name": "act", "activation": "tanh"}}],
         "input_layers": [["b", 0, 0], ["a", 0, 0]],
         "output_layers": [["encoder", 1, 0], ["act", 0, 0], ["act", 0, 0]]}}
        """#
    private let sharedWeights: [(name: String, shapes: [Shape])] = [
        ("d", [[3, 3], [3]]), ("encoder", [[3, 4]]),
    ]

    @Test func keepsTheOrderAndNamesOfInputsAndOutputs() throws {
        let model = try TestModel.imported(shared, sharedWeights)
        #expect(model.graph.inputs.map(\.name) == ["b", "a"])
        #expect(model.graph.outputs.map(\.name) == ["encoder", "act", "act_1"])
        #expect(model.outputShape == [1, 4])
    }

    @Test func whatACallInTrainingDrawsIsLeftOutAndSaid() throws {
        func remarks(_ call: String, version: String) throws -> [String] {
            let json = #"""
                {"class_name": "Functional", "keras_version": "\#(version)", "config": {"name": "m", "layers": [
                  {"class_name": "InputLayer", "name": "a", "inbound_nodes": [],
                   "config": {"name": "a", "batch_input_shape": [null, 3], "dtype": "float32"}},
                  {"class_name": "Dropout", "name": "drop", "config": {"name": "drop", "rate": 0.5},
                   "inbound_nodes": [[["a", 0, 0, \#(call)]]]}],
                 "input_layers": [["a", 0, 0]], "output_layers": [["drop", 0, 0]]}}
                """#
            return try TestModel.imported(json, []).remarks.map(\.layer)
        }
        #expect(try remarks(#"{"training": true}"#, version: "2.15.0") == ["drop"])
        #expect(try remarks(#"{"training": 1}"#, version: "2.2.4") == ["drop"])
        #expect(try remarks(#"{"training": false}"#, version: "2.15.0").isEmpty)
        #expect(try remarks("{}", version: "2.15.0").isEmpty)
        #expect(try remarks(#"{"training": true}"#, version: "3.1.0").isEmpty)
    }

    @Test func aSharedLayerIsCountedOnceAndItsCallsAreToldApart() throws {
        let model = try TestModel.imported(shared, sharedWeights)
        #expect(model.parameterCount == 9 + 3 + 12)
        let marks = model.graph.values.compactMap(\.layer)
        #expect(Set(marks) == ["a", "b", "d", "d:1", "encoder/inner", "act"])
        let kernels = model.constants(of: "fullyConnected").filter { $0.shape == [3, 3] }
        #expect(kernels.count == 2 && kernels[0].view == kernels[1].view)
    }

    @Test func allLayersThatCannotBeConvertedAreNamedTogether() {
        let json = TestModel.sequential(
            input: "[null, 3]", TestModel.layer("Densse", "first"),
            TestModel.layer("Lambda", "second", #""function": "f""#),
            TestModel.layer("Dense", "third", #""units": 2147483648"#),
            TestModel.layer("Activation", "fourth", #""activation": "mystery""#))
        let problems = TestModel.problems(json)
        #expect(problems.map(\.layer) == ["first", "second", "third", "fourth"])
        #expect(problems.first?.kind == .unknownLayer(nearest: "Dense"))
        #expect(problems.allSatisfy { $0.layerClass != nil })
    }

    @Test func sizesThatNoTensorHasAreRefused() {
        let json = TestModel.sequential(
            input: "[null, 2147483647]", TestModel.layer("Dense", "d", #""units": 2147483647"#))
        let problems = TestModel.problems(json)
        guard case .tooLarge? = problems.first?.kind else {
            Issue.record("\(problems)")
            return
        }
        #expect(problems.map(\.layer) == ["d"])
    }

    @Test func weightsThatDoNotFitAreReported() {
        let json = TestModel.sequential(input: "[null, 3]", dense)
        let problems = TestModel.problems(json, [("d", [[4, 2]])])
        #expect(
            problems.first?.kind
                == .mismatchingWeights(expected: "kernel 3×2", found: "w0 4×2 ('d')"))
    }

    @Test func batchAndShapesFollowTheOptions() throws {
        let json = TestModel.sequential(input: "[null, null, 3]", dense)
        func shape(_ options: ImportOptions) throws -> Shape? {
            try TestModel.imported(json, [("d", [[3, 2]])], options: options).outputShape
        }
        #expect(try shape(ImportOptions()) == [1, Shape.free, 2])
        #expect(try shape(ImportOptions(batch: .fixed(4))) == [4, Shape.free, 2])
        #expect(try shape(ImportOptions(batch: .free)) == [Shape.free, Shape.free, 2])
        #expect(try shape(ImportOptions(inputShapes: ["x": [2, 5, 3]])) == [2, 5, 2])
    }

    @Test func wrongShapesFromTheCallerAreRefused() {
        let json = TestModel.sequential(input: "[null, null, 3]", dense)
        for shapes in [["y": [1, 5, 3]], ["x": [5, 3]]] {
            let problems = TestModel.problems(
                json, [("d", [[3, 2]])], options: ImportOptions(inputShapes: shapes))
            guard case .invalidArgument? = problems.first?.kind else {
                Issue.record("\(shapes): \(problems)")
                continue
            }
        }
    }

    @Test func unknownSizesAreRefusedWhereALayerNeedsThem() {
        let json = TestModel.sequential(
            input: "[null, null, 3]", TestModel.layer("Flatten", "flat"), dense)
        let problems = TestModel.problems(json)
        #expect(problems.map(\.layer) == ["d"])
        guard case .unsupported(_, let remedy)? = problems.first?.kind else {
            Issue.record("\(problems)")
            return
        }
        #expect(remedy == "Fix them with \(.inputShapes).")
    }

    @Test func layersInACircleAreRefused() {
        let json = #"""
            {"class_name": "Functional", "keras_version": "2.15.0", "config": {"name": "m",
             "layers": [
              {"class_name": "InputLayer", "name": "x", "inbound_nodes": [],
               "config": {"name": "x", "batch_input_shape": [null, 3]}},
              {"class_name": "Add", "name": "p", "config": {"name": "p"},
               "inbound_nodes": [[["x", 0, 0, {}], ["q", 0, 0, {}]]]},
              {"class_name": "Activation", "name": "q", "inbound_nodes": [[["p", 0, 0, {}]]],
               "config": {"name": "q", "activation": "relu"}}],
             "input_layers": [["x", 0, 0]], "output_layers": [["q", 0, 0]]}}
            """#
        guard case .brokenTopology? = TestModel.problems(json).first?.kind else {
            Issue.record("a cycle was accepted")
            return
        }
    }

    @Test func integersAreCastWhereALayerComputes() throws {
        let json = TestModel.sequential(
            input: "[null, 3]", dtype: "uint8",
            TestModel.layer("Rescaling", "r", #""scale": 0.5, "offset": 1"#))
        let model = try TestModel.imported(json)
        #expect(model.graph.inputs.map { model.graph[$0.value].dtype } == [.uint8])
        #expect(model.operations == ["cast", "binary", "binary"])
    }
}
