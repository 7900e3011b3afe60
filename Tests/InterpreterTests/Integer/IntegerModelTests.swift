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
