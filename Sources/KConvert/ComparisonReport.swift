import Reports
import Verification

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
        ReportTable(
            [
                .text("layer"), .text("class"), .number("largest error"), .number("of the spread"),
                .number("cosine"), .number("SQNR"),
            ],
            layers.map { layer in
                .init(
                    [
                        layer.name, layer.layerClass, Format.scientific(layer.maximumError),
                        Format.scientific(layer.relativeError),
                        Format.rounded(layer.cosine, digits: 6),
                        Format.decibels(layer.signalToNoise),
                    ], isBad: layer.isDiverging,
                    note: layer.name == firstDivergingLayer ? "first divergence" : "")
            })
    }
}
