import Foundation
import KConvert
import TestSupport
import Testing

/// Inputs that are written to, replaced or damaged while a conversion reads them.
struct ChangedInputTests {
    /// Converts copies of a model and changes one as soon as `stage` begins.
    private func failure(
        at stage: ConversionProgress.Stage, _ change: (URL) throws -> Void
    ) throws -> ConversionError? {
        try Repository.withTemporaryFolder { folder in
            let source = "keras2/layers/conv2d/activation_relu6"
            let (model, weights, output) = (
                folder.appending(path: "m.json"), folder.appending(path: "w.h5"),
                folder.appending(path: "old.tflite")
            )
            let files = FileManager.default
            try files.copyItem(atPath: Repository.testdata("\(source).json"), toPath: model.path)
            try files.copyItem(atPath: Repository.testdata("\(source).h5"), toPath: weights.path)
            try Data("old".utf8).write(to: output)
            usleep(20_000)
            var isChanged = false
            let failure = #expect(throws: ConversionError.self) {
                try Converter().convert(
                    ModelSource(architecture: model.path, weights: weights.path),
                    to: output.path
                ) { progress in
                    if progress.stage == stage, !isChanged {
                        isChanged = true
                        do { try change(weights) } catch { Issue.record(error) }
                    }
                    return .proceed
                }
            }
            #expect(isChanged)
            #expect(try Data(contentsOf: output) == Data("old".utf8))
            #expect(try files.contentsOfDirectory(atPath: folder.path).count == 3)
            return failure
        }
    }

    @Test(arguments: [
        ConversionProgress.Stage.reading, .optimizing, .writing, .verifying,
    ])
    func truncation(stage: ConversionProgress.Stage) throws {
        let error = try failure(at: stage) { file in #expect(truncate(file.path, 4096) == 0) }
        if stage != .reading {
            #expect(error?.code == .inputOutput)
            #expect(error?.issues.first?.file?.hasSuffix("w.h5") == true)
        }
    }

    @Test(arguments: [ConversionProgress.Stage.optimizing, .writing, .verifying])
    func overwriting(stage: ConversionProgress.Stage) throws {
        let error = try failure(at: stage) { file in
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count - 1] ^= 1
            let handle = try FileHandle(forWritingTo: file)
            try handle.write(contentsOf: bytes)
            try handle.close()
        }
        #expect(error?.code == .inputOutput)
    }

    @Test func replacement() throws {
        let error = try failure(at: .optimizing) { file in
            try Data(contentsOf: file).write(to: file, options: .atomic)
        }
        #expect(error?.code == .inputOutput)
    }

    /// One changed bit in the stored weights of an archive is told by its checksum.
    @Test func archiveWithWrongChecksum() throws {
        try Repository.withTemporaryFolder { folder in
            var bytes = try Data(
                contentsOf: URL(filePath: Repository.testdata("keras3/formats/k3_0_towers.keras")))
            bytes[bytes.count * 3 / 4] ^= 1
            let file = folder.appending(path: "m.keras")
            try bytes.write(to: file)
            let error = #expect(throws: ConversionError.self) {
                try Converter().convert(
                    ModelSource(model: file.path), to: folder.appending(path: "o.tflite").path)
            }
            #expect(error?.code == .badInput)
            #expect(error?.description.contains("checksum") == true)
        }
    }
}
