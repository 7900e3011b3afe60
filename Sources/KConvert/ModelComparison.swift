import Foundations
import KerasImport
import Legalize
import Reports
import Verification

/// Compares a `.tflite` file from any converter with the Keras model that it was made from.
public struct ModelComparison: Sendable {
    private let options: ConversionOptions

    /// A comparison; options on passes and writing have no effect.
    public init(_ options: ConversionOptions = ConversionOptions()) {
        self.options = options
    }

    /// Runs the model and the file on the same inputs.
    ///
    /// - Throws: `ConversionError` if one of them cannot be read or run. A difference is not an error.
    public func compare(
        _ source: ModelSource, with file: String
    ) throws(ConversionError) -> ComparisonReport {
        try compare(source, with: .path(file))
    }

    /// Runs the model and the file, which can be in memory, on the same inputs.
    ///
    /// - Throws: `ConversionError` if one of them cannot be read or run. A difference is not an error.
    public func compare(
        _ source: ModelSource, with file: ModelSource.File
    ) throws(ConversionError) -> ComparisonReport {
        try ConversionError.wrapping {
            try options.limits.apply { try compared(source, with: file) }
        }
    }

    private func compared(
        _ source: ModelSource, with file: ModelSource.File
    ) throws -> ComparisonReport {
        let settings = options.verificationSettings
        let runner = try FileRunner(file.source, threads: settings.threads.half)
        // The model gets the batch of the file, and its extents if the model leaves them free and the file does not.
        var imported = try importModel(source, batch: runner.batch, options.inputShapes)
        let shapes = runner.inputShapes(for: imported.graph, given: options.inputShapes)
        if shapes != options.inputShapes {
            imported = try importModel(source, batch: runner.batch, shapes)
        }
        let inputs = imported.inputs
        let verifier = Verifier(
            imported.graph, settings,
            expanding: { try Legalize.expandRecurrences(in: $0, for: options.target, as: .auto) })
        let found = try inputs.confirming { try verifier.compareLayers(runner) }
        try inputs.confirm()
        let classes = Dictionary(
            imported.layers.map { ($0.path, $0.className) }, uniquingKeysWith: { $1 })
        let modelLayers = imported.layers.filter { $0.className != "InputLayer" }
        let outputs = VerificationReport(found.outputs)
        return ComparisonReport(
            outputs: outputs,
            layers: found.layers.map { ComparisonReport.Layer($0, classes[$0.path] ?? "") },
            modelLayers: modelLayers.map(\.path), notes: found.notes + outputs.notes)
    }

    private func importModel(
        _ source: ModelSource, batch: Int?, _ shapes: [String: [Int]]
    ) throws -> ImportedModel {
        var importOptions = options.importOptions(batch: batch.map { .fixed($0) } ?? .free)
        importOptions.inputShapes = shapes
        return try KerasImporter.importModel(
            source.model.source, weights: source.weights?.source, options: importOptions)
    }
}

/// How far a file is from a Keras model, layer by layer.
public struct ComparisonReport: Sendable, Codable {
    /// The difference of one layer's output.
    public struct Layer: Sendable, Codable {
        /// The layer's path; a number after a colon counts the calls of a shared layer.
        public let name: String
        /// The Keras class.
        public let layerClass: String
        /// The paths of layers without a tensor of their own that are computed with this one.
        public let merged: [String]
        /// The largest absolute difference.
        public let maximumError: Double
        /// The largest difference relative to the spread (standard deviation) of the expected values.
        public let relativeError: Double
        /// The cosine of the angle between both outputs as vectors.
        public let cosine: Double
        /// The signal to quantization noise ratio, 10 · log₁₀(Σ expected² / Σ difference²), in decibels.
        public let signalToNoise: Double
        /// Which part of the model's numbers lies beyond what the integers of the file reach; nil if it stores floats.
        public let saturatedPart: Double?
        /// Whether the relative error is beyond the tolerance.
        public let isDiverging: Bool

        init(_ difference: LayerDifference, _ layerClass: String) {
            name = difference.name
            self.layerClass = layerClass
            merged = difference.merged
            maximumError = difference.maximumError
            relativeError = difference.relativeError
            cosine = difference.cosine
            signalToNoise = difference.signalToNoise
            saturatedPart = difference.saturatedPart
            isDiverging = difference.isDiverging
        }
    }

    /// The outputs of the model.
    public let outputs: VerificationReport
    /// The layers whose output is a tensor of the file, in running order; those merged into others have none.
    public let layers: [Layer]
    /// The layers of the model without such a tensor, in running order.
    public let mergedLayers: [String]
    /// What else is worth knowing of the file.
    public let notes: [String]
    /// The first layer beyond the tolerance; nil if there is none.
    public let firstDivergingLayer: String?
    /// Whether every output is within the tolerance.
    public let isPassed: Bool

    /// The row of the first layer beyond the tolerance.
    public var firstDivergence: Layer? { layers.first { $0.name == firstDivergingLayer } }

    init(outputs: VerificationReport, layers: [Layer], modelLayers: [String], notes: [String]) {
        self.outputs = outputs
        self.layers = layers
        self.notes = notes
        let compared = Set(layers.map(\.name))
        mergedLayers = modelLayers.filter { !compared.contains($0) }
        firstDivergingLayer = layers.first { $0.isDiverging }?.name
        isPassed = outputs.isPassed
    }

    /// The report as text.
    ///
    /// - Parameters:
    ///   - file: the name of the file that was compared.
    ///   - isPerLayer: whether every layer is listed.
    public func text(file: String, isPerLayer: Bool = false) -> String {
        document(file, isPerLayer: isPerLayer).text
    }

    /// The report as an HTML page that needs no other file.
    ///
    /// - Parameter file: the name of the file that was compared.
    public func html(file: String) -> String { document(file, isPerLayer: true).html }

    /// The report as JSON.
    public func json() throws(ConversionError) -> String {
        try ConversionError.wrapping { try jsonText() }
    }
}

extension ComparisonReport {
    private func document(_ file: String, isPerLayer: Bool) -> ReportDocument {
        let conditions =
            "inputs: \(outputs.inputs.joined(separator: ", ")); tolerance "
            + "\(Format.scientific(outputs.tolerance)) of the spread"
        let rows = outputs.outputs.map {
            ReportTable.Row(
                [
                    $0.name, Format.scientific($0.maximumError),
                    Format.scientific($0.relativeError),
                ], isBad: !($0.isRounding || $0.relativeError <= outputs.tolerance))
        }
        let columns: [ReportTable.Column] = [
            .text("output"), .number("largest error"), .number("of the spread"),
        ]
        return ReportDocument(
            title: file, verdict: .init(verdict, isPassed: isPassed),
            summary: [.line(conditions), .table(ReportTable(columns, rows))]
                + notes.map { .line("note: \($0)") },
            sections: isPerLayer
                ? [.init([.line(coverage), .chart(chart), .table(table)], heading: "Layers")] : [])
    }

    private var verdict: String {
        if isPassed { return "computes the same as \(outputs.reference)" }
        let text = "differs from \(outputs.reference)"
        guard let layer = firstDivergence else { return text }
        let merged = layer.merged.map { "'\($0)'" }.joined(separator: ", ")
        return "\(text), starting at layer '\(layer.name)'"
            + (merged.isEmpty ? "" : ", which holds \(merged) too")
    }

    /// How many layers could be compared.
    private var coverage: String {
        let count = Format.count(layers.count + mergedLayers.count, "layer")
        return "Compared: \(layers.count) of \(count)"
            + (mergedLayers.isEmpty
                ? "." : "; the others are merged into these or have no tensor in the file.")
    }

    private var chart: ReportChart {
        ReportChart(
            caption:
                "Largest error of each layer, relative to the spread of its values, in running order.",
            layers.map {
                .init(
                    $0.name, $0.relativeError, isBad: $0.isDiverging,
                    isMarked: $0.name == firstDivergingLayer)
            }, limit: outputs.tolerance, limitLabel: "tolerance")
    }

    private var table: ReportTable {
        let showsSaturation = layers.contains { $0.saturatedPart != nil }
        return ReportTable(
            [
                .text("layer"), .text("class"), .number("largest error"), .number("of the spread"),
                .number("cosine"), .number("SQNR"),
            ] + (showsSaturation ? [.number("saturated")] : []),
            layers.map { layer in
                let saturation = layer.saturatedPart.map {
                    "\(Format.rounded($0 * 100, digits: 2)) %"
                }
                return .init(
                    [
                        layer.name, layer.layerClass, Format.scientific(layer.maximumError),
                        Format.scientific(layer.relativeError),
                        Format.rounded(layer.cosine, digits: 6),
                        Format.decibels(layer.signalToNoise),
                    ] + (showsSaturation ? [saturation ?? "–"] : []), isBad: layer.isDiverging,
                    note: layer.name == firstDivergingLayer ? "first divergence" : "")
            })
    }
}

/// How far the written file is from the model.
public struct VerificationReport: Sendable, Codable {
    /// The differences of one output.
    public struct Output: Sendable, Codable {
        /// The output's name.
        public let name: String
        /// The largest absolute difference.
        public let maximumError: Double
        /// The largest difference relative to the spread (standard deviation) of the expected values.
        public let relativeError: Double
        /// The spread of the expected values.
        public let spread: Double
        /// The signal to noise ratio, 10 · log₁₀(Σ expected² / Σ difference²), in decibels; nil if nothing differs.
        public let signalToNoise: Double?
        /// The cosine of the angle between both outputs as vectors.
        public let cosine: Double
        /// The part of the rows whose greatest element is at the same place; nil for outputs of one element in a row.
        public let topAgreement: Double?
        /// Whether rounding explains a difference beyond the tolerance, and every layer on its own is right.
        public let isRounding: Bool
    }

    /// What the file was compared with.
    public let reference: String
    /// The kinds of inputs tried.
    public let inputs: [String]
    /// The differences, output by output.
    public let outputs: [Output]
    /// The largest accepted relative error.
    public let tolerance: Double
    /// For a quantized file the least accepted signal to noise ratio in decibels, instead of the tolerance; nil for others.
    public let leastSignalToNoise: Double?
    /// Whether every output is close enough, and no layer computes something else.
    public let isPassed: Bool
    /// What is to be said about layers that compute something else or amplify rounding.
    public let notes: [String]

    init(_ result: VerificationResult) {
        reference = result.reference
        inputs = result.inputs
        tolerance = result.tolerance
        let excused = result.excusedOutputs
        notes = Self.notes(excused: excused, result)
        outputs = result.outputs.map {
            Output(
                name: $0.name, maximumError: $0.maximumError, relativeError: $0.relativeError,
                spread: $0.spread,
                signalToNoise: $0.agreement.signalToNoise.isFinite
                    ? $0.agreement.signalToNoise : nil,
                cosine: $0.agreement.cosine, topAgreement: $0.agreement.topAgreement,
                isRounding: excused.contains($0.name))
        }
        leastSignalToNoise = result.leastSignalToNoise
        isPassed = result.isPassed
    }

    /// How well a quantized file agrees, for the summary.
    var agreementLine: String {
        let ratio = outputs.compactMap(\.signalToNoise).min()
        let top = outputs.compactMap(\.topAgreement).min()
        let parts =
            [
                ratio.map { "\(Format.decibels($0)) of signal to noise" } ?? "no difference",
                "cosine \(Format.rounded(outputs.map(\.cosine).min() ?? 1, digits: 6))",
            ] + (top.map { ["\(Format.rounded($0 * 100, digits: 1)) % equal top-1"] } ?? [])
        return "verified against \(reference): " + parts.joined(separator: ", ")
    }

    /// The largest relative error of any output.
    public var relativeError: Double { outputs.map(\.relativeError).max() ?? 0 }

    private static func notes(excused: Set<String>, _ result: VerificationResult) -> [String] {
        let outputs = result.outputs.filter { excused.contains($0.name) }.map {
            "rounding moves output '\($0.name)' by \(Format.scientific($0.relativeError)) of its spread; "
                + "every layer was judged on its own"
        }
        if let wrong = result.findings?.wrong {
            return [
                "layer '\(wrong.layer)' computes something else: on the same inputs it differs by "
                    + "\(Format.scientific(wrong.error)) of its spread, which rounding does not explain"
            ]
        }
        guard let findings = result.findings, findings.isRight else { return outputs }
        if let shortened = findings.shortened {
            return outputs + [
                "the model amplifies rounding from step to step: judged over \(shortened.steps) of "
                    + "\(shortened.all) steps"
            ]
        }
        return outputs
            + findings.steps.map {
                "layer '\($0.layer)' amplifies rounding: judged over \($0.judged) of \($0.all) steps"
            }
    }
}
