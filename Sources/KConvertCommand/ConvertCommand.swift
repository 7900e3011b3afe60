import ArgumentParser
import KConvert

/// The command that converts: `kconvert model.json weights.h5 -o model.tflite`.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Convert a Keras model (the default command).")

    @OptionGroup var files: FileArguments

    @OptionGroup var build: BuildArguments

    @Option(help: "The batch size of the written file; by default that of the model, else 1.")
    var batch: Int?

    @Flag(help: "Leave the batch size dynamic; the inputs can be resized.")
    var dynamicBatch = false

    @OptionGroup var modelArguments: ModelArguments

    @OptionGroup
    var quantization: QuantizationArguments

    @OptionGroup
    var approximation: ApproximationArguments

    @Option(
        name: .customLong("target"),
        help: ArgumentHelp(
            "What runs the file; may be repeated: \(ConversionTarget.list). (default: litert; tflm for C++ sources)",
            valueName: "target"))
    var givenTargets: [ConversionTarget] = []

    @OptionGroup var microcontroller: MicrocontrollerArguments

    @OptionGroup var metadataArguments: MetadataArguments

    @Option(help: "How to write recurrent layers.")
    var rnn = ConversionOptions.RecurrentForm.auto

    @Option(name: .customLong("no-pass"), help: "Leave out a pass; may be repeated.")
    var disabledPasses: [String] = []

    @Flag(help: "List the passes and what they do.")
    var listPasses = false

    @Option(help: "Stop optimizing after this number of rewriting steps.")
    var stopAfter: Int?

    @OptionGroup var verification: VerificationArguments

    @Option(help: "The seed of the generated inputs for the verification.")
    var seed: UInt64 = 1

    @Option(help: "How many threads to use; by default one per processor.")
    var threads: Int?

    @OptionGroup var limitOptions: LimitOptions

    @Option(
        help: "Write a JSON report of the conversion to a file (- for standard output).",
        completion: .file())
    var report: String?

    @Option(
        help: "Write a page with the graphs before and after and what each layer costs.",
        completion: .file())
    var html: String?

    @Option(
        help: "Write the predicted time of each operator as node data for Model Explorer.",
        completion: .file())
    var overlay: String?

    @OptionGroup var summary: SummaryArguments

    func validate() throws {
        if listPasses { return }
        guard files.model != nil else { throw ValidationError("The model to convert is missing.") }
        let output = files.output
        try build.validate(output: output)
        try microcontroller.validate(targets: targets, output: output, quantization)
        guard output != "-" || report != "-" else {
            throw ValidationError("Standard output takes either the file or the report.")
        }
        let isInteger = quantization.quantize == .int8 || quantization.quantize == .int16x8
        guard quantization.samples == nil || isInteger || approximation.approximate != nil else {
            throw ValidationError(
                "--samples belongs to --quantize int8 or int16x8 and to --approximate.")
        }
        guard
            quantization.truth == nil || approximation.approximate != nil
                || quantization.accuracyBudget != nil
        else { throw ValidationError("--truth belongs to --approximate and --accuracy-budget.") }
        guard approximation.approximate == nil || quantization.samples != nil else {
            throw ValidationError("--approximate needs --samples.")
        }
        guard batch ?? 1 >= 1 else { throw ValidationError("--batch must be at least 1.") }
        guard threads ?? 1 >= 1 else { throw ValidationError("--threads must be at least 1.") }
        guard !targets.contains(.edgeTPU) || quantization.quantize == .int8 else {
            throw ValidationError("The Edge TPU computes with integers only; add --quantize int8.")
        }
        guard !targets.contains(.edgeTPU) || rnn != .while else {
            throw ValidationError(
                "The Edge TPU has no loops; leave out --rnn while or take --rnn unroll.")
        }
        guard !dynamicBatch || !targets.contains(where: \.isStatic) else {
            throw ValidationError(
                "--dynamic-batch is not possible for this target, which needs known sizes; leave it out or give --batch."
            )
        }
        guard stopAfter ?? 0 >= 0 else {
            throw ValidationError("--stop-after must be at least 0.")
        }
    }

    func run() throws {
        if listPasses { return printPasses() }
        guard let model = files.model else { return }
        let progress = ProgressLine(isEnabled: !summary.quiet)
        var isUpToDate = true
        try Command.reportingErrors {
            let destination = try ConversionDestination(files.output, model: model)
            try Command.keepApart(
                outputs: [
                    destination.path, report, html, overlay, build.depfile, build.emitSwift,
                    quantization.saveStatistics,
                ],
                inputs: [
                    model, files.weights, verification.data, quantization.samples,
                    quantization.statistics, approximation.fitSamples, build.config,
                ] + metadataArguments.labels.map(Optional.some))
            if build.upToDate {
                isUpToDate = try self.isUpToDate(destination, progress)
                return
            }
            let (report, file) = try destination.convert(files.source, with: converter(), progress)
            progress.clear()
            try writeReport(report)
            try microcontroller.write(sourcesOf: file, destination)
            try writePages(of: report, file)
            try writeAccessor(destination)
            try writeDependencies(of: report, destination)
            summary.show(report, destination, isNamed: files.output != nil)
        } cleanup: {
            progress.clear()
        }
        if !isUpToDate { throw ExitCode(1) }
    }

    /// What runs the file, as given or as the output needs it.
    private var targets: [ConversionTarget] {
        guard givenTargets.isEmpty else { return givenTargets }
        return [microcontroller.writesSources(files.output) ? .micro : .liteRT]
    }

    /// A converter with these options.
    func converter() throws -> Converter {
        var options = options
        try modelArguments.apply(to: &options)
        return Converter(options)
    }

    private var options: ConversionOptions {
        var options = ConversionOptions()
        options.batch = dynamicBatch ? .dynamic : batch.map { .fixed($0) } ?? .automatic
        options.quantization = quantization.options
        options.approximation = approximation.options(quantization)
        options.targets = targets
        options.metadata = metadataArguments.options(
            mean: quantization.mean.numbers, deviation: quantization.std.numbers)
        options.plansArena = microcontroller.optimizeArena
        options.recurrentForm = rnn
        options.disabledPasses = Set(disabledPasses)
        options.stopAfter = stopAfter
        verification.apply(to: &options)
        options.seed = seed
        options.outlinesGraphs = html != nil || overlay != nil
        options.threads = threads
        options.limits = limitOptions.limits
        return options
    }

    private func writeReport(_ value: ConversionReport) throws {
        guard let report else { return }
        let json = try value.json()
        if report == "-" {
            try Command.printOutput(json)
        } else {
            try Command.writeFile(json + "\n", to: report)
        }
    }

    private func printPasses() {
        let width = Converter.passes.map(\.name.count).max() ?? 0
        for pass in Converter.passes {
            let space = String(repeating: " ", count: width + 2 - pass.name.count)
            print(pass.name + space + pass.summary)
        }
    }
}

extension ConversionOptions.RecurrentForm: ExpressibleByArgument {}

extension ConversionTarget: ExpressibleByArgument {
    /// The target of a name; nil if there is none.
    public init?(argument: String) { self.init(argument) }
}
