import KerasFormat
import Problems
import Tensors
import Testing

@Suite struct SequentialTests {
    private func model(_ text: String) throws -> ModelDescription {
        try ModelParser.model(JSONParser.parse(text))
    }

    private let dense = """
        {"class_name": "Dense", "config": {"name": "d", "units": 3, "dtype": "float32",
         "batch_input_shape": [null, 4]}}
        """
    private let relu = "{\"class_name\": \"ReLU\", \"config\": {\"name\": \"r\"}}"

    @Test func readsBareLists() throws {
        let model = try model("{\"class_name\": \"Sequential\", \"config\": [\(dense), \(relu)]}")
        #expect(model.kind == .sequential && model.version.generation == .keras2)
        #expect(model.layers.map { $0.name } == ["d_input", "d", "r"])
        #expect(try model.layers[0].config.inputShape() == [Shape.free, 4])
        #expect(model.layers[0].isInput && model.layers[0].config.dtypeName == "float32")
        let d = TensorReference(layer: "d", node: 0, tensor: 0)
        #expect(model.layers[2].calls == [CallDescription(arguments: [.tensor(d)])])
        #expect(model.outputs.tensors.map { $0.layer } == ["r"])
        #expect(model.inputs.tensors.map { $0.layer } == ["d_input"])
        #expect(try model.evaluationOrder().map { $0.layer } == [1, 2])
    }

    @Test func keepsInputLayers() throws {
        let input = """
            {"class_name": "InputLayer", "config": {"batch_input_shape": [null, 4], "name": "i"}}
            """
        let model = try model(
            """
            {"class_name": "Sequential", "keras_version": "2.4.0",
             "config": {"name": "s", "layers": [\(input), \(dense)]}}
            """)
        #expect(model.name == "s" && model.layers.map { $0.name } == ["i", "d"])
        #expect(model.version.text == "2.4.0" && model.version.precedes(2, 5))
    }

    @Test func takesShapesFromAround() throws {
        let built = try model(
            """
            {"class_name": "Sequential", "config": {"name": "s", "layers": [\(relu)],
             "build_input_shape": [null, 7]}}
            """)
        #expect(try built.layers[0].config.inputShape() == [Shape.free, 7])
        let outer = try model(
            """
            {"class_name": "Sequential", "config": {"name": "s", "layers": [\(relu)]},
             "build_config": {"input_shape": [2, 7]}}
            """)
        #expect(try outer.layers[0].config.inputShape() == [2, 7])
        let none = try model("{\"class_name\": \"Sequential\", \"config\": [\(relu)]}")
        #expect(try none.layers[0].config.inputShape() == nil)
    }

    @Test func readsNestedModelsFirst() throws {
        let inner = "{\"class_name\": \"Sequential\", \"config\": [\(dense)]}"
        let model = try model(
            "{\"class_name\": \"Sequential\", \"config\": [\(inner), \(inner), \(relu)]}")
        #expect(
            model.layers.map { $0.name } == [
                "sequential_1_input", "sequential_1", "sequential_2", "r",
            ]
        )
        #expect(try model.layers[0].config.inputShape() == [Shape.free, 4])
        #expect(model.layers[1].model?.layers.map { $0.name } == ["d_input", "d"])
    }

    @Test func readsWrappedLayers() throws {
        let model = try model(
            """
            {"class_name": "Sequential", "config": [
             {"class_name": "TimeDistributed", "config": {"name": "t", "layer": \(dense)}},
             {"class_name": "RNN", "config": {"name": "n", "cell": {"class_name": "StackedRNNCells",
              "config": {"name": "s", "cells": [\(dense), \(relu)]}}}}]}
            """)
        #expect(model.layers[1].wrapped("layer")?.name == "d")
        #expect(model.layers[2].wrapped("cell")?.wrapped.map { $0.layer.name } == ["d", "r"])
    }

    @Test func refusesBrokenModels() {
        let bad = [
            "{\"class_name\": \"Sequential\", \"config\": []}",
            "{\"class_name\": \"Sequential\", \"config\": [\(relu), \(relu)]}",
            "{\"class_name\": \"Sequential\", \"config\": [7]}",
            "{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\"}}", "{}", "[]",
            "{\"class_name\": \"Sequential\", \"config\": 3}",
        ]
        for text in bad {
            #expect(throws: Problem.self, "\(text)") { try model(text) }
        }
    }

    @Test func tellsGenerations() throws {
        let cases: [(String, KerasVersion.Generation)] = [
            ("{\"name\": \"a\", \"nb_filter\": 3}", .keras1),
            ("{\"name\": \"a\", \"batch_shape\": [null, 3]}", .keras3),
            ("{\"name\": \"a\", \"filters\": 3}", .keras2),
        ]
        for (config, generation) in cases {
            let model = try model(
                """
                {"class_name": "Sequential",
                 "config": [{"class_name": "X", "config": \(config)}]}
                """)
            #expect(model.version.generation == generation)
        }
    }
}
