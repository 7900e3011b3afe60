import KConvert

/// The text that `kconvert verify` prints.
struct ComparisonText {
    private let report: ComparisonReport
    private let file: String
    private let isPerLayer: Bool

    init(_ report: ComparisonReport, file: String, isPerLayer: Bool) {
        self.report = report
        self.file = file
        self.isPerLayer = isPerLayer
    }

    /// The whole text.
    var text: String {
        let table = isPerLayer ? ["", Self.coverage(of: report)] + layers : []
        let notes = report.notes.map { "  note: \($0)" }
        return ([verdict, conditions] + outputs + notes + table).joined(separator: "\n")
    }

    /// How many layers could be compared.
    static func coverage(of report: ComparisonReport) -> String {
        let (compared, merged) = (report.layers.count, report.mergedLayers.count)
        let count = "Compared: \(compared) of \(Format.count(compared + merged, "layer"))"
        return merged == 0
            ? count + "."
            : count + "; the others are merged into these or have no tensor in the file."
    }

    private var verdict: String {
        let reference = report.outputs.reference
        if report.isPassed { return "\(file) computes the same as \(reference)" }
        guard let layer = report.firstDivergence else { return "\(file) differs from \(reference)" }
        let merged = layer.merged.map { "'\($0)'" }.joined(separator: ", ")
        return "\(file) differs from \(reference), starting at layer '\(layer.name)'"
            + (merged.isEmpty ? "" : ", which holds \(merged) too")
    }

    private var conditions: String {
        "  inputs: \(report.outputs.inputs.joined(separator: ", ")); tolerance "
            + "\(Format.scientific(report.outputs.tolerance)) of the spread"
    }

    private var outputs: [String] {
        report.outputs.outputs.map {
            "  output \($0.name): largest error \(Format.scientific($0.maximumError)), "
                + "\(Format.scientific($0.relativeError)) of the spread"
        }
    }

    private var layers: [String] {
        let header = ["layer", "class", "largest error", "of the spread", "cosine", "SQNR"]
        let rows = report.layers.map { layer in
            [
                layer.name, layer.layerClass, Format.scientific(layer.maximumError),
                Format.scientific(layer.relativeError), Format.rounded(layer.cosine, digits: 6),
                Format.decibels(layer.signalToNoise),
            ]
        }
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        let first = report.firstDivergingLayer
        return ([header] + rows).map { cells in
            let line = cells.indices.map { column in
                column < 2
                    ? cells[column].padded(to: widths[column])
                    : cells[column].leftPadded(to: widths[column])
            }.joined(separator: "  ")
            return line + (cells[0] == first ? "  ← first divergence" : "")
        }
    }
}
