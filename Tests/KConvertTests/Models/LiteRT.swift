import Foundation
import TestSupport
import Testing

/// The real runtime, driven through `Tests/LiteRT/run_litert.py`.
enum LiteRT {
    /// A file to run and the recorded inputs and outputs.
    struct Job: Encodable {
        let id: String
        let model: String
        let data: String
        /// A recording of other sizes, which the same interpreter runs next; nil if there is none.
        var other: String?
        var repeats = 3
        /// Whether XNNPACK runs what it can.
        var delegate = true
        /// How many samples to run, made from the recorded ones; nil for those.
        var rows: Int?
        /// The predicted size of an arena of TensorFlow Lite Micro; nil if it is not tried.
        var arena: Int?
    }

    /// What the runtime gave.
    struct Answer: Decodable {
        let id: String
        let ok: Bool
        let error: String?
        let worst: Double?
        /// The least signal to noise ratio of an output.
        let decibels: Double?
        /// The size of the smallest arena that works.
        let smallest: Int?
    }

    /// The Python with `ai-edge-litert`; nil if the tests run without one.
    static var python: String? {
        ProcessInfo.processInfo.environment["KCONVERT_PYTHON"]
    }

    /// Runs all jobs in one process, each model several times on one interpreter.
    ///
    /// - Parameter script: what runs them, in `Tests/LiteRT`.
    static func run(
        _ jobs: [Job], script: String = "run_litert.py", python: String
    ) throws -> [Answer] {
        try Repository.withTemporaryFolder { folder in
            let input = folder.appending(path: "jobs")
            let output = folder.appending(path: "answers")
            let encoder = JSONEncoder()
            let lines = try jobs.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
            try lines.joined(separator: "\n").write(to: input, atomically: true, encoding: .utf8)
            try Data().write(to: output)
            let process = Process()
            process.executableURL = URL(filePath: python)
            process.arguments = [
                Repository.root.appending(path: "Tests/LiteRT/\(script)").path
            ]
            process.standardInput = try FileHandle(forReadingFrom: input)
            process.standardOutput = try FileHandle(forWritingTo: output)
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let decoder = JSONDecoder()
            return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map {
                try decoder.decode(Answer.self, from: Data($0.utf8))
            }
        }
    }
}
