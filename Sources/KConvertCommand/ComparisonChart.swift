import Foundations
import KConvert

/// A picture of the errors of all layers in running order, for the page of a comparison.
struct ComparisonChart {
    private let report: ComparisonReport

    /// The decades that are shown: errors from 1e-8 to 1.
    private static let decades = 8

    init(_ report: ComparisonReport) {
        self.report = report
    }

    /// The picture as HTML; empty where no layer was compared.
    var html: String {
        guard !report.layers.isEmpty else { return "" }
        let lines = stride(from: 0, through: Self.decades, by: 2).map { decade in
            let label = decade == Self.decades ? "1" : "1e-\(Self.decades - decade)"
            return line(at: percent(decade * 100 / Self.decades), label, style: "grid")
        }
        let limit = line(
            at: percent(height(of: report.outputs.tolerance)), "tolerance", style: "limit")
        return """
            <figure>
            <div class="chart">\((lines + [limit]).joined())<div class="bars">\(bars)</div></div>
            <figcaption>Largest error of each layer by the spread of its values, logarithmic.</figcaption>
            </figure>
            """
    }

    private var bars: String {
        report.layers.map { layer in
            let isFirst = layer.name == report.firstDivergingLayer
            let style = layer.isDiverging ? (isFirst ? "bar bad start" : "bar bad") : "bar"
            let title = "\(layer.name): \(Format.scientific(layer.relativeError))".htmlEscaped
            let size = percent(max(height(of: layer.relativeError), 1))
            return "<i class=\"\(style)\" style=\"height:\(size)\" title=\"\(title)\"></i>"
        }.joined()
    }

    private func line(at height: String, _ label: String, style: String) -> String {
        "<div class=\"\(style)\" style=\"bottom:\(height)\"><span>\(label)</span></div>"
    }

    /// How high an error is drawn, in percent.
    private func height(of error: Double) -> Int {
        guard error.isFinite else { return 100 }
        let decades = Double(Self.decades)
        let exponent = log10(max(error, 1e-300)) + decades
        return Int((min(max(exponent, 0), decades) / decades * 100).rounded())
    }

    private func percent(_ number: Int) -> String { "\(number)%" }
}
