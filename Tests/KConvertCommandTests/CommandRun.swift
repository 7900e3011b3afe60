import Foundation
import TestSupport

/// One run of the command, as a shell would see it.
struct CommandRun {
    let exitCode: Int32
    let standardOutput: String
    let standardError: String

    /// Runs `kconvert` with these arguments, output and error going to files.
    ///
    /// - Parameters:
    ///   - program: the command; an example, for instance.
    ///   - blockLimit: the largest file that may be written, in units of 1024 bytes.
    ///   - limit: a line of the shell that limits what the command may do.
    ///   - standardOutput: the file that standard output goes to; nil to return it.
    init(
        _ arguments: [String], program: String = "kconvert", blockLimit: Int? = nil,
        limit: String = ":", standardOutput target: String? = nil
    ) throws {
        let process = Process()
        let fileLimit = blockLimit.map { "ulimit -f \($0); " } ?? ""
        let redirection = target.map { " > \($0)" } ?? ""
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments =
            [
                "-c", "\(limit); \(fileLimit)exec \"$0\" \"$@\"\(redirection)",
                Self.executable(program).path,
            ] + arguments
        let texts = try Repository.withTemporaryFolder { folder in
            let files = [folder.appending(path: "output"), folder.appending(path: "error")]
            for file in files { try Data().write(to: file) }
            process.standardOutput = try FileHandle(forWritingTo: files[0])
            process.standardError = try FileHandle(forWritingTo: files[1])
            try process.run()
            process.waitUntilExit()
            return try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        }
        exitCode = process.terminationStatus
        (standardOutput, standardError) = (texts[0], texts[1])
    }

    /// A command that was built together with the tests, or the one at a path.
    static func executable(_ name: String) -> URL {
        if name.hasPrefix("/") { return URL(filePath: name) }
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: name)
            if FileManager.default.isExecutableFile(atPath: candidate.path),
                !FileManager.default.fileExists(atPath: candidate.path + "/Package.swift")
            {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        return Repository.root.appending(path: ".build/release/\(name)")
    }
}
