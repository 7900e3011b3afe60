import Foundation
import TestSupport
import Testing

/// No output replaces an input, whatever option names it and however many files the input is.
struct OutputConflictTests {
    private let folder = Repository.testdata("keras2/formats")

    /// Runs a line of the shell in a folder with a SavedModel `s`, a model `m.h5`, and samples in `x`.
    private func run(_ line: String, in folder: URL) throws -> CommandRun {
        let files = """
            cp -r "$2/tf2_10_steps.saved" s && cp "$2/k2_0_nested.h5" m.h5 && mkdir x && cp m.h5 x/a.npy && ln s/saved_model.pb l
            """
        return try CommandRun(
            [
                "-c", "cd \"$1\"; K=\"$3\"; \(files); \(line)", "", folder.path, self.folder,
                CommandRun.executable("kconvert").path,
            ], program: "/bin/bash")
    }

    @Test(arguments: [
        "$K m.h5 -o m.h5",
        "$K m.h5 -o o.tflite --report m.h5",
        "$K s -o s/saved_model.pb",
        "$K s -o s/keras_metadata.pb",
        "$K s -o s/variables/variables.index",
        "$K s -o l",
        "$K s -o o.tflite --report s/variables/variables.data-00000-of-00001",
        "$K s/saved_model.pb -o s/keras_metadata.pb",
        "$K m.h5 -o x/a.npy --quantize int8 --samples x",
        "$K m.h5 -o o.tflite --quantize int8 --samples x --save-statistics x/a.npy",
        "$K m.h5 -o o.tflite --quantize int8 --samples :random --save-statistics m.h5",
        "$K m.h5 -o o.tflite --quantize int8 --samples :random --save-statistics o.tflite",
        "$K m.h5 -o o.tflite --data m.h5 --report m.h5",
        "$K m.h5 -o o.tflite --report ./o.tflite",
        "$K m.h5 -o o.tflite --report r --depfile x/../r",
        "ln -s o.tflite d; $K m.h5 -o o.tflite --depfile d",
        "$K m.h5 -o o.tflite --report x",
        "$K run o.tflite --input i=x/a.npy --output x/a.npy",
    ]) func isRefused(_ command: String) throws {
        try Repository.withTemporaryFolder { folder in
            let run = try run(
                """
                find . -type f | sort | xargs cksum > /tmp/before.$$; \(command); R=$?
                find . -type f | sort | xargs cksum | cmp -s - /tmp/before.$$ || R=100; rm /tmp/before.$$; exit $R
                """, in: folder)
            #expect(run.exitCode == 64, "\(run.exitCode): \(run.standardError)")
            #expect(run.standardError.contains("'"), "\(run.standardError)")
        }
    }

    @Test func writesBesideInputs() throws {
        try Repository.withTemporaryFolder { folder in
            let run = try run("$K s -o s/new.tflite", in: folder)
            #expect(run.exitCode == 0, "\(run.standardError)")
        }
    }
}
