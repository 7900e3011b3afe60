import Archives
import Interpreter
import TestSupport
import Tensors
import Testing

/// Files of another maker, with what Keras computed.
@Test(
    .enabled(if: Repository.hasTrainedModels, "../shared/models is not there"),
    arguments: ["pretrainedResnet", "vww_96"])
func publishedModelsComputeWhatKerasDoes(name: String) throws {
    let model = try LiteModel(contentsOf: Repository.trainedModel("\(name).ref.tflite"))
    let arrays = try NPZ.read(path: Repository.trainedModel("\(name).io.npz"))
    func array(_ name: String) -> Tensor? { arrays.first { $0.name == name }?.array }
    let input = try #require(array("in0").flatMap { LiteTensor($0) })
    let expected = try #require(array("out0"))
    let difference = Difference(try model.predict([input])[0].tensor, expected)
    #expect(difference.spread > 0.1)
    #expect(difference.relative < 2e-5)
}
