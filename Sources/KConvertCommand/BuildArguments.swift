import ArgumentParser

/// The options of a conversion that is a step of a build.
struct BuildArguments: ParsableArguments {
    @Option(
        help: "Read options from a file; see Documentation/Configuration.md.",
        completion: .file(extensions: ["json"]))
    var config: String?

    @Option(
        help: "Write a rule for make and ninja that names all files that were read.",
        completion: .file())
    var depfile: String?

    @Flag(
        help: "Write nothing; exit with 1 if the output is missing or is not what would be written."
    )
    var upToDate = false

    @Option(
        help: "Write Swift code with a type for the model and its inputs and outputs.",
        completion: .file(extensions: ["swift"]))
    var emitSwift: String?

    @Option(
        help: ArgumentHelp(
            "The name of that type; by default that of the output.", valueName: "name"))
    var swiftName: String?

    /// Checks what the options need.
    ///
    /// - Parameter output: the path of `-o`.
    func validate(output: String?) throws {
        if output == "-", depfile != nil {
            throw ValidationError("--depfile names the output, so that it needs a path for -o.")
        }
        if output == "-", emitSwift != nil {
            throw ValidationError("--emit-swift reads the output, so that it needs a path for -o.")
        }
        guard swiftName == nil || emitSwift != nil else {
            throw ValidationError("--swift-name belongs to --emit-swift.")
        }
        if ConversionDestination.isSource(output), emitSwift != nil {
            throw ValidationError("--emit-swift needs a .tflite file as the output.")
        }
        if output == "-", upToDate {
            throw ValidationError("--up-to-date compares a file, so that it needs a path for -o.")
        }
    }
}
