import Archives
import Interpreter
import TestSupport
import Tensors
import Testing

/// The recorded outputs of whole files of other makers.
@Test func recurrentIntegersEqualTheReference() throws {
    let model = try LiteModel(contentsOf: Repository.testdata("integer/lstm.tflite"))
    let arrays = try NPZ.read(path: Repository.testdata("integer/lstm.npz"))
    let inputs = try #require(arrays.first { $0.name == "in0" }?.array)
    let expected = try #require(arrays.first { $0.name == "out_ref" }?.array)
    let result = try model.predict([try #require(LiteTensor(inputs))])[0]
    #expect(result.count == expected.count && result.count > 1000)
    #expect(result.doubles == Constant(expected).doubles())
}

/// Published files on random bytes.
@Test(
    .enabled(if: Repository.hasTrainedModels, "../shared/models is not there"),
    arguments: ["pretrainedResnet", "vww_96", "str_ww"])
func publishedIntegersEqualTheReference(name: String) throws {
    let model = try LiteModel(contentsOf: Repository.trainedModel("\(name).int8.ref.tflite"))
    let arrays = try NPZ.read(path: Repository.testdata("integer/models.npz"))
    let input = try #require(arrays.first { $0.name == "\(name).in0" }?.array)
    let expected = try #require(arrays.first { $0.name == "\(name).out0" }?.array)
    let result = try model.predict([try #require(LiteTensor(input))])[0]
    #expect(result.doubles == Constant(expected).doubles())
    #expect(Set(result.doubles).count > 1)
}

/// Floats for an integer input are rounded to it, and outputs can be had as the reals they stand for.
@Test func integerModelsTakeRealNumbers() throws {
    let model = try LiteModel(contentsOf: Repository.testdata("integer/lstm.tflite"))
    let input = try #require(model.inputs.first)
    let quantization = try #require(input.quantization)
    let shape = input.shape.map { max($0, 1) }
    let count = shape.reduce(1, *)
    let integers = (0..<count).map { Int8(truncatingIfNeeded: $0 &* 53 % 200 - 100) }
    let raw = try LiteTensor(integers, shape: shape)
    let reals = input.reals(of: raw)
    let scale = try #require(quantization.scales.first)
    let zeroPoint = try #require(quantization.zeroPoints.first)
    #expect(
        try reals.values(of: Float.self)
            == integers.map { Float(Double(scale) * Double(Int($0) - zeroPoint)) })
    #expect(try input.integers(of: reals).values(of: Int8.self) == integers)
    let fromRaw = try model.predict([raw])[0]
    #expect(try model.predict([reals])[0].doubles == fromRaw.doubles)
    #expect(model.outputs[0].reals(of: fromRaw).elementType == .float32)
}
