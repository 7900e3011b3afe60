import ArgumentParser
import KConvert

/// The command `kconvert`.
@main
struct KConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kconvert",
        abstract: "Converts trained Keras models to TFLite, optimized and verified.",
        discussion: """
            EXAMPLES
              kconvert model.h5 -o model.tflite
              kconvert model.json weights.h5 -o model.tflite
              kconvert model.h5 -o model.tflite --quantize float16
              kconvert batch models -o converted -j 4
              kconvert inspect model.tflite
              kconvert run model.tflite --input image.npy --top 5
              kconvert verify model.json weights.h5 model.tflite
              kconvert bench model.tflite
              kconvert evaluate float.tflite int8.tflite --data test.npz --truth y
              kconvert check model.tflite --target tflm

            EXIT CODES
              0 success, 64 wrong usage, 65 bad input, 69 unsupported model,
              70 verification failed, 74 a file cannot be read or written
            """,
        version: BuildInformation.version + "\n" + BuildInformation.summary,
        subcommands: commands,
        defaultSubcommand: ConvertCommand.self)

    private static let commands: [any ParsableCommand.Type] = [
        ConvertCommand.self, InspectCommand.self, RunCommand.self, VerifyCommand.self,
        BatchCommand.self, BenchCommand.self, EvaluateCommand.self, CheckCommand.self,
    ]

    /// Runs the command.
    static func main() {
        Command.setSignals()
        FileReplacement.protectInputs()
        if let argument = Command.damagedArgument {
            Command.printError(
                "error: the argument '\(argument)' is not valid UTF-8.\n       Rename the file.")
            exit(withError: Command.exitCode(of: .usage))
        }
        do {
            var arguments: [String] = []
            try Command.reportingErrors {
                arguments = try ConfigFile.expanding(Array(CommandLine.arguments.dropFirst()))
                arguments = try BatchCommand.expanding(arguments)
            }
            var command = try command(of: arguments) ?? parseAsRoot(arguments)
            try command.run()
            Command.end()
        } catch {
            exit(withError: error)
        }
    }

    /// The command that is named, by default the one that converts; nil if all commands have to be considered, as for an error
    /// or for help.
    ///
    /// To tell one command from all others takes as long as to convert a small model.
    private static func command(of arguments: [String]) -> (any ParsableCommand)? {
        guard arguments.first != helpName else { return nil }
        let named = commands.first { $0.configuration.commandName == arguments.first }
        let own = Array(arguments.dropFirst(named == nil ? 0 : 1))
        var candidates: [any ParsableCommand.Type] = [named ?? ConvertCommand.self]
        if candidates[0] == ConvertCommand.self {
            candidates.insert(PlainConvertCommand.self, at: 0)
        }
        for candidate in candidates {
            if let command = try? candidate.parseAsRoot(own), type(of: command) == candidate {
                return command
            }
        }
        return nil
    }

    private static let helpName = "help"

    /// Whether this is the name of a command.
    static func isCommandName(_ argument: String?) -> Bool {
        argument == helpName || commands.contains { $0.configuration.commandName == argument }
    }
}
