import Problems
import TFLiteFormat
import Tensors
import Testing

@Suite struct WriterLayoutTests {
    /// Where the constants of a file are, from its start.
    private func dataPositions(of bytes: [UInt8]) throws -> [Int] {
        try bytes.withUnsafeBytes { raw in
            let model = try TFLiteReader.read(raw, owner: Anchor())
            return try model.buffers.compactMap { buffer in
                guard let source = buffer.source, source.byteCount > 0 else { return nil }
                let region = try #require(source.contiguousBytes?.baseAddress)
                return region - (try #require(raw.baseAddress))
            }
        }
    }

    private final class Anchor {}

    @Test(arguments: [Int.max, 0])
    func constantsAreAlignedAndFollowedByPadding(largest: Int) throws {
        for seed in 1...10 {
            let model = try randomModel(seed: UInt64(seed))
            let bytes = try TFLiteWriter.bytes(of: model, largestFlatBuffer: largest)
            #expect(bytes[4..<8].elementsEqual("TFL3".utf8))
            for position in try dataPositions(of: bytes) { #expect(position % 16 == 0) }
            #expect(bytes.suffix(16).allSatisfy { $0 == 0 })
        }
    }

    @Test func bigFilesHaveConstantsBehindTheFlatBuffer() throws {
        let bytes = try TFLiteWriter.bytes(of: smallModel(), largestFlatBuffer: 0)
        let model = try TFLiteReader.read(bytes)
        #expect(model.metadata.map(\.name) == ["min_runtime_version", "buffer_location"])
        let location = try model[model.metadata[1].buffer].source?.bytes()
        #expect(location == Array("outside flatbuffers".utf8))
        #expect(try model.buffers[1].source?.bytes() == smallModel().buffers[1].source?.bytes())
        // The position of the data stands in the file as a 64-bit number, and so does its size.
        let position = UInt64(bytes.count - 32)
        let pair = [position, 12].flatMap { number in
            withUnsafeBytes(of: number.littleEndian) { Array($0) }
        }
        #expect(bytes.firstRange(of: pair) != nil)
    }

    @Test func theLimitIsTheSizeOfTheFile() throws {
        let inside = try TFLiteWriter.bytes(of: smallModel())
        let same = try TFLiteWriter.bytes(of: smallModel(), largestFlatBuffer: inside.count)
        #expect(same == inside)
        let outside = try TFLiteWriter.bytes(of: smallModel(), largestFlatBuffer: inside.count - 1)
        #expect(try TFLiteReader.read(outside).metadata.count == 2)
    }

    @Test func minimumRuntimeIsThatOfTheYoungestOperator() throws {
        var model = smallModel()
        func written() throws -> String {
            let copy = try TFLiteReader.read(try TFLiteWriter.bytes(of: model))
            let bytes = try copy[copy.metadata[0].buffer].source?.bytes() ?? []
            #expect(bytes.count == 16)
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        #expect(try written() == "1.5.0")
        model.operatorCodes.append(TFLiteOperatorCode(.conv2D, version: 3))
        #expect(try written() == "1.14.0")
        model.operatorCodes.append(TFLiteOperatorCode(.gelu))
        #expect(try written() == "2.9.0")
        model.operatorCodes.append(TFLiteOperatorCode(.cast, version: 5))
        #expect(try written() == "2.12.0")
    }

    /// Kernels that grew without another version of their operator.
    @Test func minimumRuntimeIsThatOfTheYoungestKernel() throws {
        var model = smallModel()
        let code = model.add(TFLiteOperatorCode(.concatenation))
        let first = model.subgraphs[0].add(TFLiteTensor(name: "a", shape: [2], type: .bool))
        let second = model.subgraphs[0].add(TFLiteTensor(name: "b", shape: [4], type: .bool))
        model.subgraphs[0].operators.append(
            TFLiteOperator(
                opcodeIndex: code, inputs: [first, first], outputs: [second],
                options: ConcatenationOptions()))
        let copy = try TFLiteReader.read(try TFLiteWriter.bytes(of: model))
        let bytes = try copy[copy.metadata[0].buffer].source?.bytes() ?? []
        #expect(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) == "2.4.0")
    }

    @Test func anEmptyConstantIsNotAMissingOne() throws {
        var model = smallModel()
        model.subgraphs[0].tensors[1].shape = [0]
        model.buffers[1] = TFLiteBuffer([UInt8]())
        for largest in [Int.max, 0] {
            let bytes = try TFLiteWriter.bytes(of: model, largestFlatBuffer: largest)
            let copy = try TFLiteReader.read(bytes)
            #expect(copy.buffers[0].source == nil)
            #expect(copy.buffers[1].source?.byteCount == 0)
        }
    }

    @Test func contradictionsAreNotWritten() {
        func expectMalformed(_ change: (inout TFLiteModel) -> Void) {
            var model = smallModel()
            change(&model)
            #expect {
                _ = try TFLiteWriter.bytes(of: model)
            } throws: { error in
                if case .malformed = (error as? Problem)?.kind { true } else { false }
            }
        }
        expectMalformed { $0.subgraphs[0].operators[0].inputs = [0, 3] }
        expectMalformed { $0.subgraphs[0].operators[0].outputs = [-2] }
        expectMalformed { $0.subgraphs[0].operators[0].opcodeIndex = 1 }
        expectMalformed { $0.subgraphs[0].outputs = [-1] }
        expectMalformed { $0.subgraphs[0].tensors[1].buffer = 2 }
        expectMalformed { $0.subgraphs[0].tensors[1].shape = [4] }
        expectMalformed { $0.subgraphs[0].tensors[1].isVariable = true }
        expectMalformed { $0.subgraphs[0].tensors[1].shape = [Int.max, 4] }
        expectMalformed { $0.signatures[0].subgraph = 1 }
        expectMalformed { $0.subgraphs = [] }
        expectMalformed {
            $0.subgraphs[0].tensors[0].quantization = TFLiteQuantization(
                scale: [1, 2], zeroPoint: [0, 0], quantizedDimension: 1)
        }
    }

    @Test func numbersBeyondTheirFieldsAreNotWritten() {
        var model = smallModel()
        model.subgraphs[0].operators[0].options = BuiltinOptions(
            ReshapeOptions(newShape: [1 << 40]))
        #expect(throws: Problem(.tooLarge(what: "new_shape", value: "1099511627776"))) {
            _ = try TFLiteWriter.bytes(of: model)
        }
    }
}
