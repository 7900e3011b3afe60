import TFLiteFormat
import Targets
import Testing

struct FileCheckTests {
    /// QUANTIZE of a float input, two integer activations, DEQUANTIZE.
    private var roundedModel: TFLiteModel {
        var model = TFLiteModel()
        let codes = [BuiltinOperator.quantize, .relu, .dequantize].map {
            model.add(TFLiteOperatorCode($0))
        }
        let quantization = TFLiteQuantization(scale: [0.5], zeroPoint: [0])
        var subgraph = TFLiteSubgraph(inputs: [0], outputs: [4])
        for (index, type) in [TFLiteTensorType.float32, .int8, .int8, .int8, .float32].enumerated()
        {
            _ = subgraph.add(
                TFLiteTensor(
                    name: "t\(index)", shape: [1, 8], type: type,
                    quantization: type == .int8 ? quantization : nil))
        }
        subgraph.operators = [0, 1, 1, 2].enumerated().map { position, code in
            TFLiteOperator(
                opcodeIndex: codes[code], inputs: [TensorIndex(position)],
                outputs: [TensorIndex(position + 1)])
        }
        model.subgraphs = [subgraph]
        return model
    }

    @Test(arguments: [TFLiteTensorType.int8, .int16])
    func productsNeedOneType(_ type: TFLiteTensorType) {
        var model = TFLiteModel()
        let code = model.add(TFLiteOperatorCode(.batchMatMul))
        let quantization = TFLiteQuantization(scale: [0.5], zeroPoint: [0])
        var subgraph = TFLiteSubgraph(inputs: [0, 1], outputs: [2])
        for (name, type) in [("a", .int16), ("b", type), ("y", TFLiteTensorType.int16)] {
            _ = subgraph.add(
                TFLiteTensor(name: name, shape: [1, 8, 8], type: type, quantization: quantization))
        }
        subgraph.operators = [TFLiteOperator(opcodeIndex: code, inputs: [0, 1], outputs: [2])]
        model.subgraphs = [subgraph]
        let check = FileCheck(model, for: .micro)
        #expect(check.rows.map { $0.objection == nil } == [type == .int16])
    }

    /// The version of CONCATENATION does not tell that kernels before 2.4 take no truth values.
    @Test(arguments: [("tflite-2.3", false), ("tflite-2.4", true)])
    func releasesAreToldByOperandsToo(_ name: String, _ isRun: Bool) throws {
        var model = TFLiteModel()
        let code = model.add(TFLiteOperatorCode(.concatenation))
        var subgraph = TFLiteSubgraph(inputs: [0], outputs: [1])
        for (name, count) in [("a", 2), ("y", 4)] {
            _ = subgraph.add(TFLiteTensor(name: name, shape: [count], type: .bool))
        }
        subgraph.operators = [TFLiteOperator(opcodeIndex: code, inputs: [0, 0], outputs: [1])]
        model.subgraphs = [subgraph]
        let target = try #require(Target(named: name))
        #expect(FileCheck(model, for: target).rows.map { $0.objection == nil } == [isRun])
    }

    @Test func roundingOfInputsIsNoCut() {
        let check = FileCheck(roundedModel, for: .edgeTPU)
        #expect(check.rows.map { $0.objection == nil } == [false, true, true, false])
        #expect(check.partitions == 1)
    }
}
