import ArgumentParser
import KConvert

/// The command that tells whether targets run a file: `kconvert check model.tflite --target tflm`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell whether runtimes and delegates run a .tflite file, of any converter.",
        discussion:
            "The exit code is 1 if something would not run or would fall back to the processor.")

    @Argument(help: "The .tflite file.", completion: .file())
    var model: String

    @Option(
        name: .customLong("target"),
        help: ArgumentHelp(
            "What is to run the file; may be repeated: \(ConversionTarget.list).",
            valueName: "target"))
    var targets: [ConversionTarget]

    @Flag(name: [.short, .long], help: "Print what each target does with every operator.")
    var verbose = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        var isPassed = true
        try Command.reportingErrors {
            let check = try TargetCheck(of: .path(model), for: targets)
            try Command.printOutput(json ? check.json() : check.text(isDetailed: verbose))
            isPassed = check.isPassed
        }
        if !isPassed { throw ExitCode(1) }
    }
}
