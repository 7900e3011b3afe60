import Foundation
import Interpreter
import TensorFiles
import TestSupport
import Testing

struct TensorFileTests {
    /// What a file with this text holds.
    private func read(_ text: String) throws -> LiteTensor {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "table.csv")
            try Data(text.utf8).write(to: file)
            return try #require(try TensorFile.read(file.path).first).tensor
        }
    }

    @Test(arguments: [
        "1,2.5,-3\n4,5,6e2\n", "a,b,c\n1;2.5;-3\r\n\r\n4\t5\t6e2", "\u{FEFF}1 , 2.5,-3 \n\n4,5,600",
    ])
    func readsTables(text: String) throws {
        let table = try read(text)
        #expect(table.shape == [2, 3])
        #expect(table.doubles == [1, 2.5, -3, 4, 5, 600])
    }

    @Test(arguments: [
        ("", "it holds no numbers"), ("a,b\n", "it holds no numbers"),
        ("1,2\n3\n", "line 2 has 1 numbers, the first one has 2"),
        ("1,2\n3,x\n", "line 2 is not a list of numbers"),
        ("a,b\n1,2,3\n", "line 2 has 3 numbers, the first one has 2"),
    ])
    func refusesWhatIsNotATable(text: String, reason: String) throws {
        let error = #expect(throws: LiteModelError.self) { try read(text) }
        #expect(error?.description.contains(reason) == true)
    }

    @Test(arguments: TensorFile.Format.allCases)
    func writesWhatItReads(format: TensorFile.Format) throws {
        let values: [Float] = [1.5, -0.1, 3e-20, .infinity, 5, 1e10]
        let tensor = try LiteTensor(values, shape: [2, 3])
        let bytes = try TensorFile.encode([("scores", tensor)], as: format)
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "scores.\(format.rawValue)")
            try Data(bytes).write(to: file)
            let arrays = try TensorFile.read(file.path)
            #expect(arrays.count == 1 && arrays[0].name == (format == .npz ? "scores" : file.path))
            #expect(arrays[0].tensor.shape == [2, 3])
            #expect(arrays[0].tensor.doubles.map(Float.init) == values)
        }
    }

    @Test func oneArrayForFilesThatHoldOne() throws {
        let tensor = try LiteTensor([1] as [Float], shape: [1])
        #expect(throws: LiteModelError.self) {
            try TensorFile.encode([("a", tensor), ("b", tensor)], as: .npy)
        }
        #expect(TensorFile.Format(path: "x.NPZ") == .npz && TensorFile.Format(path: "x.png") == nil)
    }
}
