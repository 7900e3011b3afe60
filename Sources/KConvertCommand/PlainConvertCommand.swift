import ArgumentParser
import KConvert

/// A conversion with no other options than most conversions have, in the same words as `ConvertCommand`.
///
/// To parse all options takes about as long as to convert a small model.
struct PlainConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "convert")

    @OptionGroup var files: FileArguments

    @OptionGroup var verification: VerificationArguments

    @OptionGroup var summary: SummaryArguments

    func validate() throws {
        guard files.model != nil, !ConversionDestination.isSource(files.output) else {
            throw ValidationError("These files need the other options.")
        }
    }

    func run() throws {
        guard let model = files.model else { return }
        let progress = ProgressLine(isEnabled: !summary.quiet)
        try Command.reportingErrors {
            let destination = try ConversionDestination(files.output, model: model)
            try Command.keepApart(
                outputs: [destination.path], inputs: [model, files.weights, verification.data])
            var options = ConversionOptions()
            verification.apply(to: &options)
            let report = try destination.convert(files.source, with: Converter(options), progress)
                .report
            progress.clear()
            summary.show(report, destination, isNamed: files.output != nil)
        } cleanup: {
            progress.clear()
        }
    }
}
