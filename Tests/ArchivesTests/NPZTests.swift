import Archives
import Foundation
import Problems
import TestSupport
import Tensors
import Testing

struct NPZTests {
    @Test(arguments: ["stored", "deflated"])
    func readsEveryArray(name: String) throws {
        let arrays = try NPZ.read(path: Repository.testdata("archives/\(name).npz"))
        let byName = Dictionary(uniqueKeysWithValues: arrays.map { ($0.name, $0.array) })
        #expect(
            arrays.map(\.name) == ["ramp", "column", "half", "ids", "flags", "scalar", "empty"])
        #expect(byName["ramp"]?.shape == [3, 4])
        #expect(byName["ramp"]?.array(of: Float.self) == (0..<12).map(Float.init))
        #expect(byName["column"]?.shape == [2, 3])
        #expect(byName["column"]?.array(of: Double.self) == [0, 1, 2, 3, 4, 5])
        let half = try #require(byName["half"])
        #expect(Constant(half, as: .float32).doubles() == [0.5, -2, 65504])
        #expect(byName["ids"]?.array(of: Int64.self) == [1, -2, 3, 4])
        #expect(byName["flags"]?.array(of: UInt8.self) == [1, 0])
        #expect(byName["scalar"]?.shape == .scalar)
        #expect(byName["empty"]?.shape == [0, 3])
    }

    @Test func refusesOtherMethodsAndTypes() throws {
        #expect(throws: Problem.self) {
            try NPZ.read(path: Repository.testdata("archives/lzma.npz"))
        }
        var complex = try NPY.write(Tensor([1.5] as [Float], [1]))
        let place = try #require(complex.firstRange(of: Array("<f4".utf8)))
        complex.replaceSubrange(place, with: Array("<c8".utf8))
        #expect(throws: Problem.self) {
            try complex.withUnsafeBytes { try NPY.read($0, name: "a") }
        }
    }

    /// The strides of a shape without elements are computed all the same.
    @Test(arguments: ["(0, 9223372036854775807, 9223372036854775807)", "(4294967296, 4294967296)"])
    func refusesShapesBeyondAllMemory(_ shape: String) throws {
        for order in ["True", "False"] {
            let header = "{'descr': '<f4', 'fortran_order': \(order), 'shape': \(shape), }\n"
            let bytes =
                [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
                + Array(header.utf8)
            #expect(throws: Problem.self) {
                try bytes.withUnsafeBytes { try NPY.read($0, name: "a") }
            }
        }
    }

    @Test func bigEndianElementsAreTurned() throws {
        let bytes = [UInt8](
            try Data(contentsOf: URL(filePath: Repository.testdata("archives/big_endian.npy"))))
        let array = try bytes.withUnsafeBytes { try NPY.read($0, name: "a") }
        #expect(array.array(of: Float.self) == [0, 1, 2])
    }

    @Test func writesWhatItReads() throws {
        let tensor = Tensor([1.5, -2, 3, 4, 5, 6] as [Float], [2, 1, 3])
        let copy = try NPY.write(tensor).withUnsafeBytes { try NPY.read($0, name: "a") }
        #expect(copy.shape == tensor.shape)
        #expect(copy.array(of: Float.self) == tensor.array(of: Float.self))
    }

    @Test func writesArchives() throws {
        let arrays = [
            ("a", Tensor([1, 2, 3] as [Float], [3])), ("b/c", Tensor([4] as [Int32], .scalar)),
        ]
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "a.npz")
            try Data(try NPZ.write(arrays)).write(to: file)
            let copy = try NPZ.read(path: file.path)
            #expect(copy.map(\.name) == ["a", "b/c"])
            #expect(copy[0].array.array(of: Float.self) == [1, 2, 3])
            #expect(copy[1].array.array(of: Int32.self) == [4])
        }
    }

    @Test(arguments: ["stored", "deflated"])
    func survivesDamage(name: String) throws {
        let file = Repository.testdata("archives/\(name).npz")
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
        try Repository.withTemporaryFolder { folder in
            let damaged = folder.appending(path: "damaged.npz")
            var refused = 0
            func tryReading(_ copy: [UInt8]) throws {
                try Data(copy).write(to: damaged)
                do { _ = try NPZ.read(path: damaged.path) } catch is Problem { refused += 1 }
            }
            try Damage.truncate(bytes, count: 200, tryReading)
            #expect(refused >= 200)
            try Damage.mutate(bytes, count: 1500, tryReading)
        }
    }
}
