import Foundation
import TestSupport

/// The real runtime, driven through `Tests/LiteRT/run_litert.py`.
package enum LiteRT {
    /// A file to run and the recorded inputs and outputs.
    package struct Job: Encodable {
        package let id: String
        package let model: String
        package let data: String
        /// A recording of other sizes, which the same interpreter runs next; nil if there is none.
        package let other: String?
        package let repeats: Int
        /// Whether XNNPACK runs what it can.
        package let delegate: Bool
        /// How many samples to run, made from the recorded ones; nil for those.
        package let rows: Int?
        /// The predicted size of an arena of TensorFlow Lite Micro; nil if it is not tried.
        package let arena: Int?

        package init(
            id: String, model: String, data: String, other: String? = nil, repeats: Int = 3,
            delegate: Bool = true, rows: Int? = nil, arena: Int? = nil
        ) {
            (self.id, self.model, self.data, self.other) = (id, model, data, other)
            (self.repeats, self.delegate, self.rows, self.arena) = (repeats, delegate, rows, arena)
        }
    }

    /// What the runtime gave.
    package struct Answer: Decodable {
        package let id: String
        package let ok: Bool
        package let error: String?
        package let worst: Double?
        /// The least signal to noise ratio of an output.
        package let decibels: Double?
        /// The size of the smallest arena that works.
        package let smallest: Int?
    }

    /// The Python with `ai-edge-litert`; nil if the tests run without one.
    package static var python: String? {
        ProcessInfo.processInfo.environment["KCONVERT_PYTHON"]
    }

    /// The script that ran the jobs ended with an error.
    package struct Failure: Error {
        package let status: Int32
    }

    /// Runs all jobs in one process, each model several times on one interpreter.
    ///
    /// - Parameter script: what runs them, in `Tests/LiteRT`.
    /// - Throws: `Failure` if the script fails.
    package static func run(
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
            guard process.terminationStatus == 0 else {
                throw Failure(status: process.terminationStatus)
            }
            let decoder = JSONDecoder()
            return try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map {
                try decoder.decode(Answer.self, from: Data($0.utf8))
            }
        }
    }
}
