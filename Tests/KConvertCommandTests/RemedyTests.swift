import Foundation
import TestSupport
import Testing

/// What the command says can be done about a problem.
struct CommandRemedyTests {
    @Test func errorsNameOptions() throws {
        let model = Repository.testdata("keras2/cut/ctc_loss.h5")
        let run = try CommandRun([model, "-o", "/tmp/never-written.tflite"])
        #expect(run.exitCode == 69)
        #expect(
            run.standardError.contains("End the model at the layer 'probabilities' with --until."))
    }

    @Test func inspectionsNameOptions() throws {
        let model = Repository.testdata("keras2/cut/unknown_global.h5")
        let run = try CommandRun(["inspect", model])
        #expect(run.standardOutput.contains("Say what it is: --lambda 'factor=2', for example."))
    }

    @Test func everyCommandTakesDefinitions() throws {
        let model = Repository.testdata("keras2/cut/unknown_global.h5")
        try Repository.withTemporaryFolder { folder in
            let models = folder.appending(path: "models")
            try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
            for name in ["unknown_global", "shared_twice"] {
                try FileManager.default.copyItem(
                    atPath: Repository.testdata("keras2/cut/\(name).h5"),
                    toPath: models.appending(path: "\(name).h5").path)
            }
            let definition = ["--lambda", "factor=2"]
            let output = folder.appending(path: "out").path
            let runs = [
                ["inspect", model] + definition,
                ["batch", models.path, "-o", output] + definition,
                ["verify", model, output + "/unknown_global.tflite"] + definition,
            ]
            for arguments in runs {
                let run = try CommandRun(arguments)
                #expect(run.exitCode == 0, "\(arguments): \(run.standardError)")
                #expect(!run.standardOutput.contains("cannot be converted"))
            }
            let wrong = try CommandRun(["inspect", model, "--class", "Dense=Dens"])
            #expect(wrong.exitCode == 64, "\(wrong.standardError)")
        }
    }

    @Test func everyOptionOfARemedyExists() throws {
        let source = Repository.root.appending(
            path: "Sources/KConvertCommand/ConversionError+Flag.swift")
        let help = try CommandRun(["convert", "--help"]).standardOutput
        let flags = try String(contentsOf: source, encoding: .utf8).matches(of: /"(--[a-z-]+)/)
        #expect(flags.count > 15)
        for flag in flags { #expect(help.contains("\(flag.output.1) "), "\(flag.output.1)") }
    }
}
