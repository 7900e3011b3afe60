import Foundation

/// Where the tests find their data.
package enum Repository {
    /// The root of the repository.
    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The recorded data of a test.
    package static func testdata(_ path: String) -> String {
        root.appending(path: "testdata/\(path)").path
    }

    /// The files with one of these endings below a folder of the recorded data, sorted by path.
    ///
    /// A suite that goes through them has to state how many there are at least, since a test of no files passes.
    package static func files(in folder: String, withExtension extensions: String...) -> [String] {
        let root = testdata(folder)
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return names.filter { extensions.contains(URL(filePath: $0).pathExtension) }.sorted()
            .map { "\(root)/\($0)" }
    }

    /// A file or folder of data that is too large for the repository, in a folder beside it, and only if `hasShared`.
    package static func shared(_ path: String) -> String {
        root.deletingLastPathComponent().appending(path: "shared/\(path)").path
    }

    /// Whether there is a file or folder of data beside the repository.
    package static func hasShared(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: shared(path))
    }

    /// Whether the real trained models are beside the repository.
    package static let hasTrainedModels = hasShared("models")

    /// A file of a real trained model, which exists only if `hasTrainedModels`.
    package static func trainedModel(_ name: String) -> String { shared("models/\(name)") }

    /// A new, empty folder for one test, removed when `body` returns.
    package static func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
