import Foundation
import Foundations
import Problems
import TestSupport
import Testing

/// A mapped file whose contents change under its reader.
struct MappedFileTests {
    /// Maps a file of some pages, changes it, and returns the mapping.
    private func mapped(
        size: Int = 1 << 16, _ change: (String) throws -> Void
    ) throws -> (file: MappedFile, sum: Int) {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "data").path
            try Data(repeating: 1, count: size).write(to: URL(filePath: path))
            let file = try MappedFile(path: path)
            try change(path)
            let sum = file.bytes.reduce(0) { $0 + Int($1) }
            if FileManager.default.fileExists(atPath: path) {
                #expect(throws: Problem(.fileChanged, file: path)) { try file.confirm() }
            }
            return (file, sum)
        }
    }

    @Test func truncatedFilesReadAsZeros() throws {
        let (file, sum) = try mapped { path in #expect(truncate(path, 5000) == 0) }
        #expect(sum == 5000)
        #expect(file.isDamaged)
    }

    @Test func writtenFilesAreNoticed() throws {
        let (file, _) = try mapped { path in
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            usleep(20_000)
            try handle.write(contentsOf: Data([2]))
            try handle.close()
        }
        #expect(!file.isDamaged)
    }

    @Test func replacedFilesAreNoticed() throws {
        let (file, sum) = try mapped { path in
            try Data(repeating: 2, count: 1 << 16).write(to: URL(filePath: path), options: .atomic)
        }
        #expect(sum == 1 << 16)
        #expect(!file.isDamaged)
    }

    @Test func untouchedAndRemovedFilesPass() throws {
        let (file, sum) = try mapped { path in try FileManager.default.removeItem(atPath: path) }
        #expect(sum == 1 << 16)
        try file.confirm()
        let own = try MappedFile(path: Repository.testdata("README.md"))
        try own.confirm()
    }

    /// The error of a reader that met the zeros of a truncated file is the truncation.
    @Test func changeExplainsOtherErrors() throws {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "data").path
            try Data(repeating: 1, count: 1 << 16).write(to: URL(filePath: path))
            #expect(throws: Problem(.fileChanged, file: path)) {
                try MappedFile.reading(path) { file in
                    #expect(truncate(path, 0) == 0)
                    guard file.bytes[40_000] == 1 else {
                        throw Problem(.malformed(what: "test", reason: "zeros"))
                    }
                }
            }
        }
    }
}
