import Interpreter
import TensorFiles
import Testing

struct ClassesTests {
    @Test func greatestScoreOfEachRow() throws {
        let scores = try LiteTensor([0.1, 0.7, 0.2, 3, 3, -1] as [Float], shape: [2, 3])
        #expect(scores.classes == [1, 0])
    }

    @Test func numbersAreClassesThemselves() throws {
        #expect(try LiteTensor([4, 0, 7] as [Int32], shape: [3]).classes == [4, 0, 7])
        let column = try LiteTensor([2, .nan, 1e300] as [Double], shape: [3, 1])
        #expect(column.classes == [2, nil, nil])
    }

    @Test func noRows() throws {
        #expect(try LiteTensor([] as [Float], shape: [0, 10]).classes.isEmpty)
    }
}
