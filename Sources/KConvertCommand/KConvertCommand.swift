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
        subcommands: [
            ConvertCommand.self, InspectCommand.self, RunCommand.self, VerifyCommand.self,
            BatchCommand.self, BenchCommand.self, EvaluateCommand.self, CheckCommand.self,
        ],
        defaultSubcommand: ConvertCommand.self)

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
            var command = try conversion(arguments) ?? parseAsRoot(arguments)
            try command.run()
            Command.end()
        } catch {
            exit(withError: error)
        }
    }

    /// The command that converts, if these are arguments for it without its name; nil if all commands have to be considered,
    /// as for an error or for help.
    ///
    /// It is the most frequent by far, and to tell it from others takes as long as to convert a small model.
    private static func conversion(_ arguments: [String]) -> (any ParsableCommand)? {
        guard !isCommandName(arguments.first) else { return nil }
        return (try? ConvertCommand.parseAsRoot(arguments)) as? ConvertCommand
    }

    /// Whether this is the name of a command.
    static func isCommandName(_ argument: String?) -> Bool {
        argument == "help"
            || configuration.subcommands.contains {
                $0.configuration.commandName == argument
            }
    }
}
