import Foundations
import GraphIR
import KerasImport
import Legalize
import Passes
import Problems
import TFLiteFormat
import TFLiteLowering
import Targets
import Tensors
import Verification

/// One conversion, step by step.
struct Conversion {
    let options: ConversionOptions
    let progress: Cancellation

    /// Reads, optimizes, writes, verifies, and puts the file in its place.
    func run(_ source: ModelSource, to output: String) throws -> ConversionReport {
        var timing = ConversionReport.Timing()
        var watch = Stopwatch()
        let file = try OutputFile(replacing: output, inputs: inputs(of: source))

        try progress.report(.reading, 0)
        let imported = try KerasImporter.importModel(
            architecture: source.model, weights: source.weights, options: importOptions)
        timing.reading = watch.lap()

        let verifier = Verifier(imported.graph, VerificationSettings(options)) {
            try progress.report(.verifying, $0)
        }
        let isVerified = options.verification != .off || options.verificationData != nil
        let reference = isVerified ? try verifier.startReference() : nil
        defer { reference?.stop() }

        try progress.report(.optimizing, 0)
        let driver = try PassDriver(disabled: options.disabledPasses, stopAfter: options.stopAfter)
        var graph = imported.graph
        let optimization = try driver.run(on: &graph)
        timing.optimizing = watch.lap()

        try progress.report(.writing, 0)
        try Legalize.expand(&graph, for: .liteRT)
        let lowered = try TFLiteLowering.lower(graph, for: .liteRT)
        let fileSize = try TFLiteWriter.write(lowered.model, to: file)
        timing.writing = watch.lap()

        let weightWarnings =
            options.checksWeights
            ? NonFiniteWeights.layers(of: imported.graph, threads: ThreadBudget.verification.count)
            : []
        if reference != nil { try progress.report(.verifying, 0) }
        let verification = try reference.map {
            VerificationReport(try verifier.verify(.path(file.temporary), with: $0))
        }
        try file.commit()
        timing.verifying = watch.lap()
        return ReportBuilder(
            imported: imported, optimized: graph, optimization: optimization, lowered: lowered,
            output: output,
            fileSize: fileSize, verification: verification,
            warnings: imported.warnings.map(\.headline)
                + weightWarnings.map { "layer '\($0)': a weight is NaN or infinite" },
            timing: timing
        ).report
    }

    /// The files that the conversion reads, which its output must not replace.
    private func inputs(of source: ModelSource) -> [String] {
        [source.model, source.weights, options.verificationData].compactMap { $0 }
    }

    private var importOptions: ImportOptions {
        var importOptions = ImportOptions()
        switch options.batch {
        case .fixed(let size): importOptions.batch = .fixed(size)
        case .dynamic: importOptions.batch = .free
        }
        importOptions.inputShapes = options.inputShapes
        importOptions.kerasVersion = options.kerasVersion
        importOptions.custom = options.customLayers.objects
        importOptions.rnn =
            switch options.recurrentForm {
            case .auto: .auto
            case .fused: .fused
            case .while: .while
            case .unroll: .unroll
            }
        return importOptions
    }
}

extension VerificationSettings {
    /// The settings that these options ask for.
    init(_ options: ConversionOptions) {
        self.init()
        isThorough = options.verification == .full
        recordedData = options.verificationData
        seed = options.seed
        tolerance = options.tolerance
        threads = ThreadBudget.verification.count
    }
}

extension ThreadBudget {
    /// The threads of verification: more would wait for memory.
    static let verification = machine.limited(to: 16)
}
