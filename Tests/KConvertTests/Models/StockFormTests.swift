import KConvert
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// What the stock converter leaves in quantized files without need: each case has the form that a reader of the graph expects.
@Suite struct StockFormTests {
    private func convert(
        _ path: String, _ change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> (model: TFLiteModel, report: ConversionReport) {
        var options = ConversionOptions()
        change(&options)
        let file = try Converter(options).convert(ModelSource(model: Repository.testdata(path)))
        return (try TFLiteReader.read(file.bytes), file.report)
    }

    private func names(_ model: TFLiteModel) -> [BuiltinOperator] {
        model.subgraphs[0].operators.map { model[$0.opcodeIndex].builtin }
    }

    /// A free batch needs no arithmetic with shapes in models that were trained with rounded numbers.
    @Test(arguments: ["updown", "seqm", "cnn_bn"]) func freeBatchesNeedNoShapes(name: String) throws
    {
        let model = try convert("quantization/stock/\(name).h5") {
            $0.quantization = QuantizationOptions(.int8)
        }.model
        #expect(Set(names(model)).isDisjoint(with: [.shape, .stridedSlice, .pack]))
        #expect(names(model).contains { $0 == .quantize })
    }

    /// Masks and centroids of pruned and clustered models do not get into the file.
    @Test(arguments: ["pruned", "clustered"]) func wrappersLeaveNothing(name: String) throws {
        let path = Repository.testdata("packages/model_optimization/\(name)")
        var options = ConversionOptions()
        options.quantization = .float16
        let file = try Converter(options).convert(
            ModelSource(architecture: path + ".json", weights: path + ".h5"))
        let operators = names(try TFLiteReader.read(file.bytes))
        #expect(
            Set(operators).isDisjoint(with: [.gather, .less, .greater, .cast, .assignVariable]))
        #expect(!operators.isEmpty)
    }

    /// Kernels of transposed convolutions are stored in 8 bits, too.
    @Test func transposedKernelsShrink() throws {
        let model = try convert("keras3/layers/conv2d_transpose/output_padding.keras") {
            var options = QuantizationOptions.dynamic
            options.leastElementCount = 1
            $0.quantization = options
        }.model
        #expect(names(model).contains(.transposeConv))
        let kernels = model.subgraphs[0].tensors.filter { $0.shape.count == 4 && $0.type == .int8 }
        #expect(!kernels.isEmpty)
        let real = model.subgraphs[0].tensors.filter {
            $0.shape.count == 4 && $0.type == .float32 && model.source(of: $0) != nil
        }
        #expect(real.isEmpty)
    }

    /// Nobody has to believe that a file with islands of floats is one of integers alone.
    @Test func islandsOfFloatsAreNamed() throws {
        let (model, report) = try convert("keras3/layers/layer_normalization/axis_1.keras") {
            var options = QuantizationOptions.int8(samples: .random)
            options.interface = .int8
            $0.quantization = options
        }
        let floats = model.subgraphs[0].operators.filter { node in
            node.outputs.contains { model.subgraphs[0][$0].type == .float32 }
        }
        #expect(!floats.isEmpty)
        #expect(report.quantization?.floatLayers.isEmpty == false)
    }
}
