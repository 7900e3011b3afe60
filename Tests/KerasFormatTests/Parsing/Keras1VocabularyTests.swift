import KerasFormat
import Problems
import Tensors
import Testing

/// Keras 1's names of classes and fields arrive as those of Keras 2.
@Suite struct Keras1VocabularyTests {
    private func model(_ layers: String) throws -> ModelDescription {
        try ModelParser.model(
            JSONParser.parse(
                """
                {"class_name": "Sequential", "keras_version": "1.2.2", "config": [\(layers)]}
                """))
    }

    @Test func translatesConvolutions() throws {
        let layer = try #require(
            model(
                """
                {"class_name": "AtrousConvolution2D", "config": {"name": "c", "nb_filter": 4,
                 "nb_row": 3, "nb_col": 2, "border_mode": "same", "subsample": [1, 1],
                 "atrous_rate": [2, 2], "dim_ordering": "th", "bias": false,
                 "batch_input_shape": [null, 3, 8, 8]}},
                {"class_name": "ZeroPadding2D", "config": {"name": "z", "padding": [1, 2, 3, 4]}}
                """
            ).layer(named: "c"))
        #expect(layer.className == "Conv2D")
        #expect(try layer.config.size("filters") == 4)
        #expect(try layer.config.ints("kernel_size") == [3, 2])
        #expect(try layer.config.ints("dilation_rate") == [2, 2])
        #expect(try layer.config.string("padding") == "same")
        #expect(try layer.config.string("data_format") == "channels_first")
        #expect(try !layer.config.bool("use_bias"))
    }

    /// Padding layers do not state the order of axes; it is that of the other layers.
    @Test func completesPadding() throws {
        let layer = try #require(
            model(
                """
                {"class_name": "ZeroPadding2D", "config": {"name": "z", "padding": [1, 2, 3, 4],
                 "batch_input_shape": [null, 3, 8, 8]}},
                {"class_name": "MaxPooling2D", "config": {"name": "p", "dim_ordering": "th"}}
                """
            ).layer(named: "z"))
        #expect(try layer.config.pairs("padding", count: 2).map { $0.before } == [1, 3])
        #expect(try layer.config.string("data_format") == "channels_first")
    }

    @Test func translatesLayersInWrappers() throws {
        let layer = try #require(
            model(
                """
                {"class_name": "Bidirectional", "config": {"name": "b",
                 "batch_input_shape": [null, 5, 3], "layer": {"class_name": "GRU", "config":
                 {"name": "g", "output_dim": 4, "inner_activation": "hard_sigmoid"}}}}
                """
            ).layer(named: "b")?.wrapped("layer"))
        #expect(try layer.config.size("units") == 4)
        #expect(try layer.config.string("recurrent_activation") == "hard_sigmoid")
        #expect(try !layer.config.bool("reset_after"))
    }

    @Test func mergesBranches() throws {
        let branch = { (name: String) in
            """
            {"class_name": "Sequential", "config": [{"class_name": "Dense", "config":
             {"name": "\(name)", "output_dim": 3, "batch_input_shape": [null, 4]}}]}
            """
        }
        let merged = try model(
            """
            {"class_name": "Merge", "config": {"name": "m", "mode": "concat", "concat_axis": 1,
             "layers": [\(branch("a")), \(branch("b"))]}},
            {"class_name": "Dense", "config": {"name": "d", "output_dim": 2}}
            """)
        #expect(merged.layers.map(\.name) == ["a_input", "a", "b_input", "b", "m", "d"])
        #expect(merged.layer(named: "m")?.className == "Concatenate")
        #expect(merged.layer(named: "m")?.calls[0].tensors.map(\.layer) == ["a", "b"])
        #expect(merged.inputs.tensors.map(\.layer) == ["a_input", "b_input"])
        #expect(merged.outputs.tensors.map(\.layer) == ["d"])
        #expect(try merged.evaluationOrder().count == 4)
    }
}
