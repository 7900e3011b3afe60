import Foundations
import Problems
import TestSupport
import Testing

@Suite struct OutputFileTests {
    @Test("a file that is not committed leaves the target as it was, and no other file behind")
    func uncommitted() throws {
        try Repository.withTemporaryFolder { url in
            let folder = url.path
            let path = "\(folder)/target"
            try write([1, 2, 3], to: path)
            let temporary = try {
                let file = try OutputFile(replacing: path)
                try write([9, 9], with: file)
                return file.temporary
            }()
            #expect(try contents(of: path) == [1, 2, 3])
            #expect(throws: Problem.self) { try MappedFile(path: temporary) }
        }
    }

    @Test("a committed file replaces what a symbolic link leads to, and the link stays")
    func symbolicLink() throws {
        try Repository.withTemporaryFolder { url in
            let folder = url.path
            try write([1, 2, 3], to: "\(folder)/real")
            symlink("\(folder)/real", "\(folder)/link")
            try write([4, 5], to: "\(folder)/link")
            #expect(try contents(of: "\(folder)/real") == [4, 5])
            var status = stat()
            #expect(lstat("\(folder)/link", &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFLNK)
        }
    }

    @Test("a folder is not a target, and a missing file cannot be mapped")
    func problems() throws {
        try Repository.withTemporaryFolder { url in
            let folder = url.path
            #expect(
                throws: Problem(.fileAccess(.replace, reason: "not a regular file"), file: folder)
            ) {
                try OutputFile(replacing: folder)
            }
            #expect(throws: Problem(.fileAccess(.read, reason: "not a regular file"), file: folder))
            {
                try MappedFile(path: folder)
            }
        }
    }

    @Test("an input is not replaced, whatever path leads to it")
    func inputs() throws {
        try Repository.withTemporaryFolder { url in
            let folder = url.path
            let model = "\(folder)/model"
            try write([1, 2, 3], to: model)
            symlink(model, "\(folder)/link")
            link(model, "\(folder)/twin")
            for name in ["model", "link", "twin", "../\(url.lastPathComponent)/model"] {
                let problem = #expect(throws: Problem.self) {
                    try OutputFile(
                        replacing: "\(folder)/\(name)", inputs: ["\(folder)/missing", model])
                }
                guard case .invalidArgument? = problem?.kind else {
                    Issue.record("\(String(describing: problem))")
                    continue
                }
            }
            #expect(throws: Never.self) {
                try OutputFile(replacing: "\(folder)/other", inputs: [model])
            }
            #expect(try contents(of: model) == [1, 2, 3])
        }
    }

    @Test("a link that leads nowhere stays a link, and the file that it names is made")
    func danglingLink() throws {
        try Repository.withTemporaryFolder { url in
            let folder = url.path
            symlink("real", "\(folder)/link")
            try write([4, 5], to: "\(folder)/link")
            #expect(try contents(of: "\(folder)/real") == [4, 5])
        }
    }

    @Test("names may be as long as the file system allows")
    func longName() throws {
        try Repository.withTemporaryFolder { url in
            let path = "\(url.path)/\(String(repeating: "n", count: 255))"
            for bytes in [[1, 2], [3]] as [[UInt8]] {
                try write(bytes, to: path)
                #expect(try contents(of: path) == bytes)
            }
        }
    }

    @Test("a pipe is refused without waiting for its other end")
    func pipe() throws {
        try Repository.withTemporaryFolder { url in
            let path = "\(url.path)/pipe"
            try #require(mkfifo(path, 0o600) == 0)
            #expect(throws: Problem(.fileAccess(.read, reason: "not a regular file"), file: path)) {
                try MappedFile(path: path)
            }
        }
    }

    private func contents(of path: String) throws -> [UInt8] {
        let file = try MappedFile(path: path)
        return withExtendedLifetime(file) { Array(file.bytes) }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = try OutputFile(replacing: path)
        try write(bytes, with: file)
        try file.commit()
    }

    private func write(_ bytes: [UInt8], with file: OutputFile) throws {
        try file.reserve(bytes.count)
        try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    }
}
