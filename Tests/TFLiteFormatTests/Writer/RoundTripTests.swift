import TFLiteFormat
import TestSupport
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: [UInt64](1...20)) func randomModelsComeBack(seed: UInt64) throws {
        let model = try randomModel(seed: seed)
        for largest in [Int.max, 0] {
            let bytes = try TFLiteWriter.bytes(of: model, largestFlatBuffer: largest)
            let copy = try TFLiteReader.read(bytes)
            #expect(copy.description == model.description)
            #expect(copy.operatorCodes == model.operatorCodes)
            #expect(copy.subgraphs == model.subgraphs)
            #expect(copy.signatures == model.signatures)
            for (buffer, original) in zip(copy.buffers, model.buffers) {
                #expect(try buffer.source?.bytes() == original.source?.bytes())
            }
        }
    }

    @Test func equalModelsGiveEqualBytes() throws {
        let first = try TFLiteWriter.bytes(of: try randomModel(seed: 3))
        let second = try TFLiteWriter.bytes(of: try randomModel(seed: 3))
        #expect(first == second)
    }

    @Test func whatIsReadCanBeWrittenAgain() throws {
        let bytes = try TFLiteWriter.bytes(of: try randomModel(seed: 4))
        #expect(try TFLiteWriter.bytes(of: try TFLiteReader.read(bytes)) == bytes)
    }

    @Test(
        .enabled(if: Repository.hasTrainedModels, "../shared/models is not there"),
        arguments: [
            "pretrainedResnet.ref", "pretrainedResnet.int8.ref", "vww_96.ref", "vww_96.int8.ref",
            "str_ww.int8.ref",
        ])
    func filesOfTheStockConverterComeBack(name: String) throws {
        let model = try TFLiteReader.read(path: Repository.trainedModel("\(name).tflite"))
        #expect(!model.subgraphs[0].operators.isEmpty)
        let copy = try TFLiteReader.read(try TFLiteWriter.bytes(of: model))
        #expect(copy.subgraphs == model.subgraphs)
        #expect(copy.operatorCodes == model.operatorCodes)
        for (buffer, original) in zip(copy.buffers, model.buffers) {
            #expect(try buffer.source?.bytes() == original.source?.bytes())
        }
    }
}
