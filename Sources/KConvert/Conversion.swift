import Foundations
import GraphIR
import Interpreter
import KerasImport
import Legalize
import Microcontrollers
import Passes
import Problems
import Quantization
import TFLiteFormat
import TFLiteLowering
import Targets
import Tensors
import Verification

/// One conversion, step by step.
struct Conversion {
    /// What a step of the conversion tells of its progress, 0…1.
    private typealias Progress = (Double) throws -> Void

    let options: ConversionOptions
    let progress: Cancellation
    private let log = FileLog()

    init(options: ConversionOptions, progress: Cancellation) {
        self.options = options
        self.progress = progress
    }

    /// Reads, optimizes, writes, verifies, and puts the file in its place.
    func run(_ source: ModelSource, to output: String) throws -> ConversionReport {
        let inputs = try inputs(of: source)
        let file = try OutputFile(replacing: output, inputs: inputs)
        let report = try naming(output, insteadOf: file.temporary) {
            try run(source, output: output, protectedFiles: inputs + [output]) {
                model, threads, progress in
                let size = try TFLiteWriter.write(
                    model, to: file, threads: threads, progress: progress)
                return (.path(file.temporary), size)
            }
        }
        try file.commit()
        return report
    }

    /// Runs `body` and names a file in the errors that it throws about another, which users do not know.
    private func naming<Result>(
        _ name: String, insteadOf file: String, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as LiteModelError where error.file == file {
            var problem = error.problem
            problem.file = name
            throw problem
        } catch var problem as Problem where problem.file == file {
            problem.file = name
            throw problem
        }
    }

    /// Reads, optimizes, writes and verifies.
    func run(_ source: ModelSource) throws -> (bytes: [UInt8], report: ConversionReport) {
        var bytes: [UInt8] = []
        let inputs = try inputs(of: source)
        let report = try run(source, output: nil, protectedFiles: inputs) {
            model, threads, progress in
            bytes = try TFLiteWriter.bytes(of: model, threads: threads, progress: progress)
            return (.bytes(bytes, name: "model.tflite"), bytes.count)
        }
        return (bytes, report)
    }

    private func run(
        _ source: ModelSource, output: String?, protectedFiles: [String],
        write: (TFLiteModel, ThreadBudget, @escaping Progress) throws -> (
            file: FileSource, size: Int
        )
    ) throws -> ConversionReport {
        try log.recording {
            try logged(source, output: output, protectedFiles: protectedFiles, write: write)
        }
    }

    /// Reads, optimizes, writes and verifies, and logs the files.
    private func logged(
        _ source: ModelSource, output: String?, protectedFiles: [String],
        write: (TFLiteModel, ThreadBudget, @escaping Progress) throws -> (
            file: FileSource, size: Int
        )
    ) throws -> ConversionReport {
        var timing = ConversionReport.Timing()
        var watch = Stopwatch()

        let imported = try step(.reading) { progress in
            try KerasImporter.importModel(
                source.model.source, weights: source.weights?.source, options: importOptions,
                progress: progress)
        }
        timing.reading = watch.lap()
        let report = try imported.inputs.confirming {
            do {
                return try convert(
                    imported, output: output, protectedFiles: protectedFiles, write: write,
                    &timing, &watch)
            } catch let problem as Problem where problem.isOverBudget {
                throw problem.inFile(source.model.source.name)
            }
        }
        try imported.inputs.confirm()
        return report
    }

    /// Optimizes, writes and verifies.
    ///
    /// - Parameter protectedFiles: what no further output may replace: the inputs, and the file itself.
    private func convert(
        _ imported: ImportedModel, output: String?, protectedFiles: [String],
        write: (TFLiteModel, ThreadBudget, @escaping Progress) throws -> (
            file: FileSource, size: Int
        ),
        _ timing: inout ConversionReport.Timing, _ watch: inout Stopwatch
    ) throws -> ConversionReport {
        let approximator = options.approximation.map {
            Approximator(options: $0, seed: options.seed, threads: options.threadBudget)
        }
        let approximated = try approximator.map { approximator in
            try step(.approximating) {
                try approximator.run(on: try optimized(imported.graph).graph, progress: $0)
            }
        }
        timing.approximating = watch.lap()
        let model = approximated?.graph ?? imported.graph
        let quantizer = try quantization(of: model).map {
            try Quantizer(
                $0, for: model, seed: options.seed, threads: options.threadBudget,
                protectedFiles: protectedFiles)
        }
        var settings = options.verificationSettings
        if approximated != nil { settings.modelName = "the approximated model" }
        settings.leastSignalToNoise = quantizer?.options.leastSignalToNoise
        settings.inputs = try quantizer?.verificationSamples.map {
            try $0.verificationInputs(for: imported.graph)
        }
        let verifier = Verifier(
            model, settings, rewriting: { try rewritten($0, like: model) },
            expanding: {
                try Legalize.expandRecurrences(in: $0, for: options.target, as: recurrentForm)
            },
            progress: { try progress.report(.verifying, $0) })
        let isVerified = options.verification != .off || options.verificationData != nil
        let reference = isVerified ? try verifier.startReference() : nil
        defer { reference?.stop() }

        let target = quantizer?.target(options.target) ?? options.target
        if target.isStatic { try Legalize.requireKnownExtents(of: model, for: target) }
        var (graph, optimization) = try step(.optimizing) { progress in
            try optimized(model, for: target, progress: progress)
        }
        timing.optimizing = watch.lap()

        try Legalize.expand(&graph, for: quantizer?.expansionTarget(target) ?? target)
        let quantized = try quantizer.map { quantizer in
            try step(.quantizing) {
                try quantizer.run(on: &graph, for: target, progress: $0)
            }
        }
        timing.quantizing = watch.lap()

        var warnings: [String] = []
        let (lowered, written) = try step(.writing) { progress in
            var lowered = try TFLiteLowering.lower(graph, for: target)
            if options.plansArena { lowered.model = try lowered.model.planningArena() }
            if let metadata = options.metadata {
                warnings += try FileMetadata(options: metadata, graph: imported.graph)
                    .add(to: &lowered.model)
            }
            let threads = isVerified ? options.writingBudget : options.threadBudget
            return (lowered, try write(lowered.model, threads, progress))
        }
        timing.writing = watch.lap()

        let layers =
            options.checksWeights
            ? NonFiniteWeights.layers(of: imported.graph, threads: options.threadBudget) : []
        let verification = try reference.map { reference in
            try step(.verifying) { _ in
                VerificationReport(try verifier.verify(written.file, with: reference))
            }
        }
        let approximation = try approximated.map {
            try approximator?.measured($0, file: written.file) ?? $0.report
        }
        timing.verifying = watch.lap()
        warnings = imported.warnings.map(\.headline) + warnings
        warnings += layers.map { "layer '\($0)': a weight is NaN or infinite" }
        warnings += quantized?.warnings ?? []
        warnings += options.targets.compactMap { $0.fallback(of: lowered.model) }
        return ConversionReport(
            imported, optimized: graph, optimization, lowered, output: output,
            fileSize: written.size, inputFiles: log.paths.filter { $0 != written.file.path },
            graphs: options.outlinesGraphs
                ? GraphPair(before: GraphOutline(imported.graph), after: GraphOutline(lowered))
                : nil,
            approximation: approximation,
            quantization: quantized?.report, verification: verification,
            warnings: warnings,
            timing: timing)
    }

    /// How numbers are stored: as the options ask, or as the file of the model holds weights that the target multiplies as
    /// integers; nil for floats.
    private func quantization(of model: Graph) -> QuantizationOptions? {
        guard options.quantization == nil, FileIntegers.exist(in: model),
            options.target[.fullyConnected]?.hybridWeights.contains(.int8) == true
        else { return options.quantization }
        var kept = QuantizationOptions(.dynamic)
        kept.keepsFileIntegers = true
        return kept
    }

    /// The file of a model on other extents, written like that of the model itself.
    private func rewritten(_ other: Graph, like model: Graph) throws -> FileSource {
        var graph = try optimized(other, like: model).graph
        try Legalize.expand(&graph, for: options.target)
        let lowered = try TFLiteLowering.lower(graph, for: options.target)
        return .bytes(try TFLiteWriter.bytes(of: lowered.model), name: "model.tflite")
    }

    /// A model with its recurrences expanded and all passes applied.
    ///
    /// - Parameter original: the model whose forms of recurrences are taken, if `model` is the same on other extents.
    private func optimized(
        _ model: Graph, for target: Target? = nil, like original: Graph? = nil,
        progress: Progress = { _ in }
    ) throws -> (graph: Graph, report: OptimizationReport) {
        var graph = try Legalize.expandRecurrences(
            in: model, for: target ?? options.target, as: recurrentForm, chosenFor: original)
        let report = try PassDriver(
            disabled: options.disabledPasses, stopAfter: options.stopAfter
        ).run(on: &graph, progress: progress)
        return (graph, report)
    }

    private func step<Result>(
        _ stage: ConversionProgress.Stage, _ body: (@escaping Progress) throws -> Result
    ) throws -> Result {
        try progress.report(stage, 0)
        let result = try body { try progress.report(stage, $0) }
        try progress.report(stage, 1)
        return result
    }

    /// The files that the conversion reads, which its output must not replace.
    private func inputs(of source: ModelSource) throws -> [String] {
        let files = [source.model.source, source.weights?.source].compactMap { $0 }
        let others = [
            options.verificationData, options.quantization?.samples?.path,
            options.approximation?.samples.path,
            options.quantization?.statistics,
        ]
        let labels = options.metadata?.labels.map(\.path) ?? []
        return try files.flatMap { try KerasFiles.paths(of: $0) } + others.compactMap { $0 }
            + labels
    }

    private var importOptions: ImportOptions {
        switch options.batch {
        case .automatic: options.importOptions(batch: .stated(otherwise: 1))
        case .fixed(let size): options.importOptions(batch: .fixed(size))
        case .dynamic: options.importOptions(batch: .free)
        }
    }

    private var recurrentForm: RecurrentForm {
        switch options.recurrentForm {
        case .auto: .auto
        case .fused: .fused
        case .while: .while
        case .unroll: .unroll
        }
    }
}

extension SampleSource {
    /// The inputs on which a quantized file is compared with its model: some samples at equal distances.
    ///
    /// All values of these samples fit into 256 MB, if four samples do.
    fileprivate func verificationInputs(for graph: Graph) throws -> [[Tensor]] {
        let bytes = graph.computedByteCounts.reduce(1, saturatingSum)
        let most = min(max(1 << 28 / bytes, 4), 32)
        let step = (count + most - 1) / most
        return try stride(from: 0, to: count, by: step).map { try inputs($0) }
    }
}

extension ConversionReport {
    /// The report of a conversion with these results of its steps.
    fileprivate init(
        _ imported: ImportedModel, optimized: Graph, _ optimization: OptimizationReport,
        _ lowered: LoweredModel, output: String?, fileSize: Int, inputFiles: [String],
        graphs: GraphPair?, approximation: ApproximationReport?, quantization: QuantizationReport?,
        verification: VerificationReport?, warnings: [String],
        timing: Timing
    ) {
        let model = lowered.model
        let normalizations = BatchNormalizations(
            before: imported.graph, after: optimized, optimization)
        let operators = zip(model.subgraphs[0].operators, lowered.operatorLayers).map {
            Operator(
                name: model.name(of: $0), version: model[$0.opcodeIndex].version,
                layer: $1)
        }
        self.init(
            model: imported.graph.name, kerasVersion: imported.version.text, output: output,
            fileSize: fileSize, inputFiles: inputFiles,
            inputs: imported.graph.inputs.map { .init($0, in: imported.graph) },
            outputs: imported.graph.outputs.map { .init($0, in: imported.graph) },
            passes: optimization.passes.map { pass in
                Pass(
                    name: pass.name, changes: pass.firings,
                    notes: pass.notes.map { "\($0.layer): \($0.reason)" })
            },
            before: Size(imported.graph), after: Size(optimized, operators: operators.count),
            operators: operators,
            batchNormalizations: BatchNormalizationCount(
                total: normalizations.total, left: normalizations.remaining.count),
            approximation: approximation, quantization: quantization, verification: verification,
            warnings: warnings + optimization.faults.map(\.description),
            lambdas: imported.remarks.map { "\($0.layer): \($0.text)" }, graphs: graphs,
            timing: timing)
    }
}

extension ConversionReport.Size {
    /// The size of a graph.
    ///
    /// - Parameter operators: the number of operators written for it; by default that of its operations.
    fileprivate init(_ graph: Graph, operators: Int? = nil) {
        let cost = graph.cost
        self.init(
            operators: operators ?? cost.operations, parameters: cost.parameters,
            parameterBytes: cost.parameterBytes, multiplyAccumulates: cost.multiplyAccumulates)
    }
}

extension ConversionReport.Tensor {
    /// An input or output of a graph.
    init(_ port: Port, in graph: Graph) {
        let type = graph[port.value].type
        self.init(
            name: port.name, shape: type.shape.dims, dtype: type.dtype.rawValue, quantization: nil)
    }
}
