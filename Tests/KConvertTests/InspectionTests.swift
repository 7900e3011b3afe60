import KConvert
import TestSupport
import Testing

/// What is counted in files of other makers.
struct InspectionTests {
    @Test(arguments: [
        // Rounds or steps times the elements of the matrices.
        ("functions/loop", 5 * 2 * 40 * 40),
        ("functions/branch", 3 * 40 * 40),
        ("recurrent/sequence_lstm_plain", 8 * 4 * 5 * (3 + 5)),
        ("recurrent/sequence_lstm_peephole", 8 * (4 * 5 * (3 + 5) + 3 * 5)),
        ("recurrent/lstm_basic", 2 * 4 * 5 * (3 + 5)),
        ("recurrent/bidirectional_lstm_two_outputs", 8 * 2 * 4 * 5 * (3 + 5)),
        ("recurrent/bidirectional_lstm_auxiliary", 8 * 2 * 4 * 5 * (3 + 5 + 2)),
        ("recurrent/sequence_rnn", 8 * 5 * (3 + 5)),
    ])
    func workOfEveryRoundIsCounted(file: String, expected: Int) throws {
        let path = Repository.testdata("tflite/\(file).tflite")
        let inspection = try Inspection(of: ModelSource(model: path))
        #expect(inspection.multiplyAccumulates == expected)
    }

    @Test(arguments: [
        "keras2/layers/gru/backwards", "keras2/layers/lstm/two_layers",
        "keras2/layers/rnn/gru_cell_before",
    ])
    func otherConvertersCountLikeKeras(model: String) throws {
        let name = model.split(separator: "/").joined(separator: "_")
        let file = Repository.testdata("tflite/networks/\(name).tflite")
        let stem = Repository.testdata(model)
        let keras = try Inspection(
            of: ModelSource(architecture: stem + ".json", weights: stem + ".h5"))
        #expect(keras.multiplyAccumulates > 0)
        #expect(
            try Inspection(of: ModelSource(model: file)).multiplyAccumulates
                == keras.multiplyAccumulates)
    }

    @Test func entryPointsAreListed() throws {
        let path = Repository.testdata("tflite/functions/signatures.tflite")
        #expect(
            try Inspection(of: ModelSource(model: path)).facts["signatures"] == "decode, encode")
    }

    @Test func layersAreListedWithoutWeights() throws {
        let architecture = Repository.testdata("keras2/layers/lstm/two_layers.json")
        let inspection = try Inspection(of: ModelSource(model: architecture))
        #expect(inspection.facts["layers"] != "0")
        #expect(inspection.problems.count == 1)
        #expect(inspection.problems.first?.contains("architecture without weights") == true)
    }

    @Test func aModelWithoutWeightsNeedsNoWeightsFile() throws {
        let stem = Repository.testdata("keras2/layers/permute/rank3")
        var options = ConversionOptions()
        options.verificationData = stem + ".npz"
        options.batch = .fixed(2)
        let report = try Converter(options).convert(ModelSource(model: stem + ".json")).report
        #expect(report.verification?.isPassed == true)
    }

    @Test func aFileThatKerasLeftAtALayerOfTextNamesIt() throws {
        let file = Repository.testdata("keras2/cut/left_at_text.h5")
        let inspection = try Inspection(of: ModelSource(model: file))
        #expect(inspection.rows.contains { $0.kind == "Dense" })
        let error = #expect(throws: ConversionError.self) {
            try Converter().convert(ModelSource(model: file))
        }
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains("works on text") == true)
    }

    @Test(arguments: [
        ("keras2/formats/k2_0_image.legacy.h5", 12, 2720, "conv2d_1/conv2d_1/kernel:0", "conv2d_1"),
        ("keras2/formats/tf215_towers.weights.h5", 14, 540, "layers/dense/vars/0", nil),
        ("keras3/formats/k3_15_shared.weights.h5", 10, 400, "layers/dense/vars/0", "before"),
        (
            "keras3/formats/k3_15_sharded.weights.json", 15, 992,
            "layers/batch_normalization/vars/0", "batch_normalization"
        ),
        (
            "keras2/formats/tf215_nested.ckpt", 16, 716,
            "layer_with_weights-0/bias/.ATTRIBUTES/VARIABLE_VALUE", nil
        ),
    ])
    func arraysOfWeightsAreListed(
        file: String, count: Int, byteCount: Int, first: String, layer: String?
    ) throws {
        let inspection = try Inspection(of: ModelSource(model: Repository.testdata(file)))
        let arrays = try #require(inspection.arrays)
        #expect(arrays.count == count)
        #expect(arrays.reduce(0) { $0 + $1.byteCount } == byteCount)
        #expect(arrays.first?.name == first)
        #expect(arrays.first?.layer == layer)
        #expect(arrays.allSatisfy { $0.type == "float32" })
        #expect(inspection.parameters == byteCount / 4)
        #expect(inspection.problems.first?.contains("without an architecture") == true)
        #expect(inspection.text.contains(first))
        #expect(try inspection.json().contains("\"byteCount\""))
    }
}
