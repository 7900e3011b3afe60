import Archives
import Interpreter
import KConvert
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// Kernels that Keras 3 has quantized stay the integers that they are.
@Suite struct KerasIntegersTests {
    private func convert(
        _ name: String, _ quantization: QuantizationOptions? = nil
    ) throws -> [UInt8] {
        var options = ConversionOptions()
        options.batch = .fixed(6)
        options.quantization = quantization
        return try Converter(options).convert(
            ModelSource(model: Repository.testdata("quantization/keras3/\(name).keras"))
        ).bytes
    }

    /// How an output differs from an array of the recording.
    private func output(
        _ bytes: [UInt8], _ name: String, from array: String = "out0"
    ) throws -> Difference {
        let arrays = Dictionary(
            uniqueKeysWithValues: try NPZ.read(
                path: Repository.testdata("quantization/keras3/\(name).npz")
            ).map { ($0.name, $0.array) })
        let input = try #require(arrays["in0"].flatMap { LiteTensor($0) })
        let expected = try #require(arrays[array])
        return Difference(try LiteModel(bytes: bytes).predict([input])[0].tensor, expected)
    }

    /// The interpreter rounds the inputs of a product as LiteRT's reference kernels do, which is what Keras does.
    @Test(arguments: [
        ("int8_mlp", TFLiteTensorType.int8), ("int8_weightonly_mlp", .int8),
        ("int8_conv_dense", .int8), ("int8_reversible", .int8), ("int4_perchannel_mlp", .int4),
    ])
    func integersStay(name: String, type: TFLiteTensorType) throws {
        let bytes = try convert(name)
        let difference = try output(bytes, name)
        #expect(difference.relative < 1e-5, "\(name): \(difference)")
        #expect(difference.spread > 0.1)
        let model = try TFLiteReader.read(bytes)
        #expect(model.subgraphs[0].tensors.contains { $0.type == type && $0.isQuantized })
        let kernels = model.subgraphs[0].tensors.filter {
            $0.type == .float32 && $0.shape.count == 2 && model.source(of: $0) != nil
        }
        #expect(kernels.isEmpty, "\(kernels.map(\.name))")
    }

    @Test func otherModesRoundTheSameNumbers() throws {
        var options = QuantizationOptions.weights
        options.leastElementCount = 1
        let bytes = try convert("int8_weightonly_mlp", options)
        #expect(try output(bytes, "int8_weightonly_mlp").relative < 1e-5)
    }

    /// No runtime rounds to 8-bit floats, so that the file computes what the model did before; the summary and the report say so.
    @Test func narrowFloatsBecomeWideOnes() throws {
        let file = try Converter().convert(
            ModelSource(model: Repository.testdata("quantization/keras3/float8_mlp.keras")))
        let warning = try #require(file.report.warnings.first { $0.contains("8-bit floats") })
        #expect(warning.contains("'d1', 'd2'") && warning.contains("32-bit floats"))
        let bytes = try convert("float8_mlp")
        #expect(try output(bytes, "float8_mlp", from: "unrounded0").relative < 1e-5)
        #expect((0.001..<0.3).contains(try output(bytes, "float8_mlp").relative))
    }

    @Test func lostZeroPointsAreNamed() throws {
        let folder = Repository.testdata("quantization/keras3")
        let error = #expect(throws: ConversionError.self) {
            var source = ModelSource(model: "\(folder)/gptq4.json")
            source.weights = .path("\(folder)/gptq4.weights.h5")
            _ = try Converter().convert(source)
        }
        #expect(error?.description.contains("gptq or awq") == true)
        #expect(error?.description.contains("block0/f1") == true)
    }
}
