import Archives
import Interpreter
import TestSupport
import Tensors
import Testing

/// Files of another maker, with what Keras computed.
@Test(arguments: ["pretrainedResnet", "vww_96"])
func publishedModelsComputeWhatKerasDoes(name: String) throws {
    guard let file = Repository.shared("models/\(name).ref.tflite"),
        let data = Repository.shared("models/\(name).io.npz")
    else { return }
    let model = try LiteModel(contentsOf: file)
    let arrays = try NPZ.read(path: data)
    func array(_ name: String) -> Tensor? { arrays.first { $0.name == name }?.array }
    guard let input = array("in0").flatMap({ LiteTensor($0) }),
        let expected = array("out0")?.array(of: Float.self)
    else {
        Issue.record("\(name).io.npz lacks in0 or out0")
        return
    }
    let result = try model.predict([input])[0].values(of: Float.self)
    #expect(result.count == expected.count)
    let spread = (expected.max() ?? 0) - (expected.min() ?? 0)
    #expect(spread > 0.1)
    #expect(zip(result, expected).allSatisfy { abs($0 - $1) < 1e-5 * spread })
}
