import Archives
import Foundation
import TestSupport
import Testing

/// Files that are made to hurt, and files that once did: each is refused or read in seconds and in little memory.
struct HostileInputTests {
    /// What the command may answer; any other code is a crash.
    private static let answers: Set<Int32> = [0, 64, 65, 69, 70, 74]
    private static let limit = "ulimit -v 6000000; ulimit -c 0; ulimit -t 20"

    /// Runs a line of the shell in a folder, at most for 20 seconds of processor time.
    private func run(_ line: String, in folder: URL) throws -> CommandRun {
        let command = CommandRun.executable("kconvert").deletingLastPathComponent().path
        return try CommandRun(
            [
                "120", "/bin/bash", "-c", "cd \"$0\"; PATH=\"$1:$PATH\"; \(line)", folder.path,
                command,
            ],
            program: "/usr/bin/timeout", limit: Self.limit)
    }

    private static let cases =
        (try? FileManager.default.contentsOfDirectory(atPath: Repository.testdata("hostile")))?
        .sorted() ?? []

    @Test func allCasesAreThere() {
        #expect(Self.cases.count >= 24)
    }

    @Test(arguments: cases) func isRefused(_ name: String) throws {
        try Repository.withTemporaryFolder { folder in
            let copy = folder.appending(path: name)
            try FileManager.default.copyItem(
                atPath: Repository.testdata("hostile/\(name)"), toPath: copy.path)
            let command = try String(
                contentsOf: copy.appending(path: "command"), encoding: .utf8)
            let run = try run(command, in: copy)
            #expect(Self.answers.contains(run.exitCode), "\(run.exitCode): \(run.standardError)")
            #expect(run.exitCode != 0 && !run.standardError.isEmpty)
        }
    }

    /// What `Scripts/fuzz` has found, by reader, with the command that reads such a file.
    static let readers = [
        "archive": "cp \"$F\" m.keras; exec kconvert m.keras -o o.tflite",
        "model": "cp \"$F\" m.h5; exec kconvert m.h5 -o o.tflite",
        "hdf5": "cp \"$F\" m.h5; exec kconvert m.h5 -o o.tflite",
        "json": "cp \"$F\" m.json; exec kconvert inspect m.json",
        "configuration": """
        python3 -c 'import sys; a, b = open(sys.argv[1], "rb").read().split(b"\\0", 1); \
        open("m.json", "wb").write(a); open("w.h5", "wb").write(b)' "$F"; \
        exec kconvert m.json w.h5 -o o.tflite
        """,
        "arrays": "cp \"$F\" x.npz; exec kconvert run \"$M\" --input x.npz",
        "array": "cp \"$F\" x.npy; exec kconvert run \"$M\" --input x.npy",
        "table": "cp \"$F\" x.csv; exec kconvert run \"$M\" --input x.csv",
        "image": "cp \"$F\" x.png; exec kconvert run \"$M\" --input x.png",
        "tflite": """
        cp "$F" m.tflite; kconvert inspect m.tflite && \
        exec kconvert bench m.tflite --runs 1 --step-limit 1000000000
        """,
        "yaml": "cp \"$F\" m.yaml; exec kconvert inspect m.yaml",
        "checkpoint": "cp \"$F\" w.index; exec kconvert inspect w.index",
        "protobuf": """
        mkdir s t; cp "$F" t/saved_model.pb; kconvert inspect t; [ $? -lt 128 ] || exit 1; \
        cp "$F" s/keras_metadata.pb; touch s/saved_model.pb; exec kconvert inspect s
        """,
        "saved": "python3 -m zipfile -e \"$F\" s; exec kconvert s -o o.tflite",
    ]

    /// What has broken a reader once, and inputs of its corpus, which lead to places of all kinds.
    @Test(arguments: readers.keys.sorted()) func survivesKeptInputs(_ reader: String) throws {
        try Repository.withTemporaryFolder { folder in
            let archive = try ZipArchive(path: Repository.testdata("corpora/\(reader).zip"))
            #expect(archive.members.count >= 5)
            for member in archive.members {
                let contents = try archive.contents(of: member)
                try Data(contents.mutableBytes).write(to: folder.appending(path: member.name))
            }
            try survives(reader, filesIn: folder.path)
        }
        try survives(reader, filesIn: Repository.testdata("malformed/\(reader)"))
    }

    private func survives(_ reader: String, filesIn kept: String) throws {
        let model = Repository.testdata("hostile/npy-fortran-overflow/m.tflite")
        for name in (try? FileManager.default.contentsOfDirectory(atPath: kept)) ?? [] {
            try Repository.withTemporaryFolder { folder in
                let files = "F='\(kept)/\(name)'; M='\(model)'; "
                let run = try run(files + (Self.readers[reader] ?? "false"), in: folder)
                #expect(
                    Self.answers.contains(run.exitCode),
                    "\(name): \(run.exitCode) \(run.standardError)")
            }
        }
    }
}
