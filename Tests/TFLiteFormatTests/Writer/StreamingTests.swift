import Foundation
import Foundations
import Problems
import TFLiteFormat
import Tensors
import TestSupport
import Testing

@Suite struct StreamingTests {
    /// A model whose constants are made in pieces, lie in memory, or are small, in a mixed order.
    private func bigModel() -> TFLiteModel {
        var model = smallModel()
        let pattern: @Sendable (UnsafeMutableRawBufferPointer, Int) -> Void = { target, offset in
            for index in target.indices {
                target[index] = UInt8(truncatingIfNeeded: (offset + index) &* 31 >> 3)
            }
        }
        let tensor = Tensor(dtype: .uint8, shape: [19_000_001]) { pattern($0, 7) }
        func add(_ source: any BufferSource) {
            let buffer = model.add(TFLiteBuffer(source))
            model.subgraphs[0].tensors.append(
                TFLiteTensor(
                    name: "constant", shape: [source.byteCount], type: .uint8, buffer: buffer))
        }
        add(ClosureSource(byteCount: 43_000_500, granularity: 1000, make: pattern))
        for count in 0..<50 { add(ByteArraySource([UInt8](repeating: 5, count: count))) }
        tensor.withBytes { add(MemorySource($0, owner: tensor.storage)) }
        add(ClosureSource(byteCount: 5_000_003, granularity: 5_000_003, make: pattern))
        add(ByteArraySource([1, 2, 3]))
        return model
    }

    @Test func filesHoldWhatSourcesMake() throws {
        let model = bigModel()
        for largest in [Int.max, 0] {
            let bytes = try TFLiteWriter.bytes(of: model, largestFlatBuffer: largest)
            let copy = try TFLiteReader.read(bytes)
            for (buffer, original) in zip(copy.buffers, model.buffers) {
                #expect(try buffer.source?.bytes() == original.source?.bytes())
            }
            try Repository.withTemporaryFolder { folder in
                let path = folder.appending(path: "model.tflite").path
                try TFLiteWriter.write(model, to: path, largestFlatBuffer: largest)
                #expect(try Data(contentsOf: URL(filePath: path)) == Data(bytes))
            }
        }
    }

    @Test func constantsAreTransposedWhileTheyAreWritten() throws {
        var generator = SplitMix64(seed: 5)
        let values = (0..<2000 * 700).map { _ in Float.random(in: -1...1, using: &generator) }
        let constant = Constant(Tensor(values, [2000, 700])).permuted([1, 0])
        var model = smallModel()
        model.subgraphs[0].tensors[1].shape = [700, 2000]
        model.buffers[1] = TFLiteBuffer(constant)
        let copy = try TFLiteReader.read(try TFLiteWriter.bytes(of: model))
        let count = copy.buffers[1].withBytes { bytes in
            for row in stride(from: 0, to: 700, by: 13) {
                for column in stride(from: 0, to: 2000, by: 11) {
                    let position = (row * 2000 + column) * 4
                    let value = bytes.loadUnaligned(fromByteOffset: position, as: Float.self)
                    #expect(value == values[column * 700 + row])
                }
            }
            return bytes.count
        }
        #expect(count == 5_600_000)
    }

    @Test func aFailedWriteLeavesTheOldFile() throws {
        struct Failure: Error {}
        var model = bigModel()
        model.buffers[1] = TFLiteBuffer(
            ClosureSource(byteCount: 50_000_000, granularity: 100) { _, offset in
                if offset > 25_000_000 { throw Failure() }
            })
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "model.tflite")
            try Data("old".utf8).write(to: file)
            #expect(throws: Failure.self) { try TFLiteWriter.write(model, to: file.path) }
            #expect(try Data(contentsOf: file) == Data("old".utf8))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.tflite"]
            )
            try TFLiteWriter.write(smallModel(), to: file.path)
            #expect(try TFLiteReader.read(path: file.path).subgraphs == smallModel().subgraphs)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.tflite"]
            )
        }
    }

    @Test func linksAndPermissionsStay() throws {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "real.tflite").path
            let link = folder.appending(path: "link.tflite").path
            try Data().write(to: URL(filePath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "real.tflite")
            try TFLiteWriter.write(smallModel(), to: link)
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real.tflite")
            #expect(try TFLiteReader.read(path: file).subgraphs.count == 1)
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
        }
    }

    @Test func placesThatCannotBeWrittenAreNamed() throws {
        func action(_ path: String) -> Problem.FileAction? {
            do {
                try TFLiteWriter.write(smallModel(), to: path)
            } catch let problem as Problem {
                if case .fileAccess(let action, _) = problem.kind, problem.file == path {
                    return action
                }
            } catch {}
            return nil
        }
        try Repository.withTemporaryFolder { folder in
            #expect(action(folder.path) == .replace)
            #expect(action("/dev/null") == .replace)
            #expect(action(folder.appending(path: "absent/model.tflite").path) == .create)
        }
    }
}
