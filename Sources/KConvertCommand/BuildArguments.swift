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

    /// Checks what the options need.
    ///
    /// - Parameter output: the path of `-o`.
    func validate(output: String?) throws {
        if output == "-", depfile != nil {
            throw ValidationError("--depfile names the output, so that it needs a path for -o.")
        }
        if output == "-", upToDate {
            throw ValidationError("--up-to-date compares a file, so that it needs a path for -o.")
        }
    }
}
