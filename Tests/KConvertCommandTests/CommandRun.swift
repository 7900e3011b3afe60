import Foundation
import TestSupport

/// One run of the command, as a shell would see it.
struct CommandRun {
    let exitCode: Int32
    let standardOutput: String
    let standardError: String

    /// Runs `kconvert` with these arguments, output and error being pipes.
    ///
    /// - Parameter blockLimit: the largest file that may be written, in units of 1024 bytes.
    init(_ arguments: [String], blockLimit: Int? = nil) throws {
        let process = Process()
        let limit = blockLimit.map { "ulimit -f \($0); " } ?? ""
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", "\(limit)exec \"$0\" \"$@\"", Self.executable.path] + arguments
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        try process.run()
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        let errorData = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        exitCode = process.terminationStatus
        standardOutput = String(decoding: outputData, as: UTF8.self)
        standardError = String(decoding: errorData, as: UTF8.self)
    }

    /// The command that was built together with the tests.
    private static var executable: URL {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "kconvert")
            if FileManager.default.isExecutableFile(atPath: candidate.path),
                !FileManager.default.fileExists(atPath: candidate.path + "/Package.swift")
            {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        return Repository.root.appending(path: ".build/release/kconvert")
    }
}
