import Interpreter
import TFLiteFormat
import Tensors
import Testing

@Test(arguments: [[], [3], [2, 1, 4]] as [Shape])
func ranksAreCounted(shape: Shape) throws {
    var builder = ModelBuilder()
    let x = builder.input(shape, name: "x")
    let y = builder.tensor([], .int32)
    builder.add(.rank, [x], [y])
    let values = [Float](repeating: 1, count: shape.elementCount)
    let result = try builder.load(outputs: [y]).makeSession()
        .run([LiteTensor(values, shape: shape.dims)])
    #expect(result[0].shape == [])
    #expect(try result[0].values() == [Int32(shape.rank)])
}
