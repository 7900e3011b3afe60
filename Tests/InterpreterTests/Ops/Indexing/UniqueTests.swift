import Interpreter
import TFLiteFormat
import Tensors
import Testing

@Test(arguments: [TFLiteTensorType.int32, .int64])
func uniqueElementsComeInOrderOfAppearance(indexType: TFLiteTensorType) throws {
    var builder = ModelBuilder()
    let x = builder.input([7], name: "x")
    let (values, indices) = (builder.tensor([-1]), builder.tensor([7], indexType))
    var options = UniqueOptions()
    options.indexType = indexType
    builder.add(.unique, [x], [values, indices], options)
    let session = try builder.load(outputs: [values, indices]).makeSession()
    let inputs: [[Float]] = [[3, 1, 3, 2, 1, -1, 3], [5, 5, 5, 5, 5, 5, 5]]
    let expected: [([Float], [Int])] = [
        ([3, 1, 2, -1], [0, 1, 0, 2, 1, 3, 0]), ([5], [0, 0, 0, 0, 0, 0, 0]),
    ]
    for (input, (unique, places)) in zip(inputs, expected) {
        let results = try session.run([LiteTensor(input, shape: [7])])
        #expect(results[0].shape == [unique.count])
        #expect(try results[0].values() == unique)
        #expect(Constant(results[1].tensor).doubles() == places.map(Double.init))
    }
}
