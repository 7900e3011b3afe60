import Archives
import Foundations
import Interpreter
import KConvert
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// Models that were trained with rounded numbers have the integers and parameters that the stock converter gives them.
@Suite struct StockIntegersTests {
    private struct Weighted {
        let name: BuiltinOperator
        /// Data, weights, bias and result.
        let tensors: [TFLiteTensor]
        let weights: [Int8]
    }

    private func convert(
        _ name: String, format: String = "h5"
    ) throws -> (model: TFLiteModel, bytes: [UInt8]) {
        var options = ConversionOptions()
        options.batch = .fixed(8)
        options.quantization = QuantizationOptions(.int8)
        let path = Repository.testdata("quantization/stock/\(name).\(format)")
        let bytes = try Converter(options).convert(ModelSource(model: path)).bytes
        return (try TFLiteReader.read(bytes), bytes)
    }

    private func weighted(_ model: TFLiteModel) throws -> [Weighted] {
        let graph = model.subgraphs[0]
        return try graph.operators.compactMap { node in
            let name = model[node.opcodeIndex].builtin
            guard [.conv2D, .depthwiseConv2D, .fullyConnected].contains(name) else { return nil }
            let tensors = (node.inputs + node.outputs).map { graph[$0] }
            let bytes = try #require(model.source(of: tensors[1])).bytes()
            return Weighted(
                name: name, tensors: tensors, weights: bytes.map { Int8(bitPattern: $0) })
        }
    }

    /// The scales of all channels.
    private func scales(_ tensor: TFLiteTensor, count: Int) -> [Float] {
        let scales = tensor.quantization?.scale ?? []
        return scales.count == 1 ? Array(repeating: scales[0], count: count) : scales
    }

    @Test(arguments: ["cnn_bn", "convact", "sep", "updown", "seqm"])
    func integersAndParametersAreThoseOfStock(name: String) throws {
        let stock = Repository.testdata("quantization/stock/\(name).tflite")
        let expected = try weighted(try TFLiteReader.read(MappedFile(path: stock)))
        let found = try weighted(convert(name).model)
        #expect(found.map(\.name) == expected.map(\.name) && !found.isEmpty)
        for (a, b) in zip(found, expected) {
            for (x, y) in zip(a.tensors, b.tensors) {
                let count = max(
                    x.quantization?.scale.count ?? 0, y.quantization?.scale.count ?? 0)
                #expect(count > 0)
                for (s, t) in zip(scales(x, count: count), scales(y, count: count)) {
                    #expect(abs(s / t - 1) < 2e-6, "\(name) \(x.name)")
                }
                #expect(
                    x.quantization?.zeroPoint.first == y.quantization?.zeroPoint.first,
                    "\(name) \(x.name)")
            }
            #expect(a.weights == b.weights, "\(name) \(a.tensors[1].name)")
        }
    }

    @Test(arguments: ["cnn_bn", "convact", "sep", "updown", "seqm", "dense_bn"])
    func outputsAreThoseOfTheRoundedModel(name: String) throws {
        let (model, bytes) = try convert(name)
        let arrays = Dictionary(
            uniqueKeysWithValues: try NPZ.read(
                path: Repository.testdata("quantization/stock/\(name).npz")
            ).map { ($0.name, $0.array) })
        let input = try #require(arrays["in0"].flatMap { LiteTensor($0) })
        let expected = try #require(arrays["out0"]).array(of: Float.self)
        let found = try LiteModel(bytes: bytes).predict([input])[0].tensor.array(of: Float.self)
        let steps = model.subgraphs[0].tensors.compactMap { tensor in
            tensor.quantization?.scale.count == 1 ? tensor.quantization?.scale.first : nil
        }
        #expect(expected.count == found.count)
        let worst = zip(expected, found).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst <= 2 * (steps.filter { $0 > 1e-3 }.max() ?? 0), "\(name): \(worst)")
        #expect(
            model.subgraphs[0].operators.count { model[$0.opcodeIndex].builtin == .dequantize } == 1
        )
    }

    @Test func archivesHoldTheSame() throws {
        #expect(try convert("cnn_bn", format: "keras").bytes == convert("cnn_bn").bytes)
    }
}
