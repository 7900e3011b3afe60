import ArgumentParser
import KConvert

/// The command that converts many models: `kconvert batch models -o converted -j 4`.
struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Convert all models of a folder or a list.",
        discussion: """
            Options of 'kconvert convert' can be given as well and count for all models. A model that cannot be \
            converted does not stop the others; the exit code is 1 then.
            """)

    @Argument(
        help: "A folder of models, or a text file with a model and its weights on each line.",
        completion: .file())
    var models: String

    @Option(
        name: [.short, .long], help: "The folder to write to.", completion: .directory)
    var output: String

    @Option(
        name: [.customShort("j"), .long],
        help: "How many models to convert at a time; they share threads and memory.")
    var jobs = 2

    @Flag(help: "Print JSON.")
    var json = false

    /// The options of conversions, one argument each; see `expanding`.
    @Option(name: .customLong("convert-argument"), help: .hidden)
    var convertArguments: [String] = []

    func validate() throws {
        guard jobs >= 1 else { throw ValidationError("--jobs must be at least 1.") }
    }

    func run() throws {
        var failureCount = 0
        try Command.reportingErrors {
            let entries = try BatchSources(models).entries
            let items = try entries.map(item)
            let shared = try conversion(of: ["model"])
            var batch = Batch(items)
            batch.concurrency = jobs
            batch.threads = shared.threads
            batch.memory = shared.limitOptions.limits.memory
            let isQuiet = shared.summary.quiet
            let report = batch.run { row, error in
                if let error {
                    Command.printError("\(row.name): \(Command.text(of: error))")
                } else if !isQuiet {
                    Command.printError("\(row.name) → \(row.output)")
                }
            }
            try Command.printOutput(json ? report.json() : report.text)
            failureCount = report.failureCount
        }
        if failureCount > 0 { throw ExitCode(1) }
    }

    /// What to do with a model; its folder is made.
    private func item(_ entry: BatchSources.Entry) throws -> Batch.Item {
        let path = output + "/" + entry.output
        let arguments =
            try entry.config.map { try ConfigFile(path: $0).arguments(before: []) } ?? entry.files
        let command = try conversion(of: arguments)
        try Command.createFolder(of: path)
        return Batch.Item(
            entry.name, command.files.source, to: path, with: try command.converter())
    }

    /// The conversion of some files, or with some options, under the options of all.
    private func conversion(of arguments: [String]) throws -> ConvertCommand {
        do {
            return try ConvertCommand.parse(convertArguments + arguments)
        } catch {
            throw Command.Failure(
                description: ConvertCommand.fullMessage(for: error), code: .usage)
        }
    }
}

extension BatchCommand {
    /// Options of conversions that would make every model write to one file.
    private static let excluded = [
        "output", "depfile", "report", "save-statistics", "up-to-date", "config", "emit-swift",
        "swift-name",
    ]

    /// The arguments of the program in which options of `kconvert convert` after `batch` are handed through.
    ///
    /// - Parameter arguments: those of the program, without its name.
    static func expanding(_ arguments: [String]) throws -> [String] {
        guard arguments.first == configuration.commandName else { return arguments }
        let options = try ConfigOption.all().filter {
            $0.kind != .positional && !excluded.contains($0.name)
        }
        var result: [String] = []
        var isValue = false
        for argument in arguments {
            let name = String(argument.prefix { $0 != "=" })
            let option = options.first { $0.isSpelled(name) }
            if isValue || option != nil {
                result.append("--convert-argument=\(argument)")
                isValue = !isValue && option?.kind == .option && name == argument
            } else {
                result.append(argument)
            }
        }
        return result
    }
}
