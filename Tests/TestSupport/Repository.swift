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

    /// A file beside the repository that may be absent, such as a real trained model; prints a notice where it is.
    package static func shared(_ path: String) -> String? {
        let file = root.deletingLastPathComponent().appending(path: "shared/\(path)").path
        guard FileManager.default.fileExists(atPath: file) else {
            print("skipped: \(path) is not here")
            return nil
        }
        return file
    }

    /// A new, empty folder for one test, removed when `body` returns.
    package static func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
