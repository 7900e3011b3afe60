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
}
