import KConvert

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The page that `kconvert verify --html` writes; it needs nothing but itself.
struct ComparisonPage {
    private let report: ComparisonReport
    private let file: String

    init(_ report: ComparisonReport, file: String) {
        self.report = report
        self.file = file
    }

    /// The whole page.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <title>\(escaped(file))</title>
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 70em; color: #222 }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
        th { text-align: left; border-bottom: 2px solid #888; padding: .3em .6em }
        td { border-bottom: 1px solid #ddd; padding: .25em .6em }
        td.number, th.number { text-align: right; white-space: nowrap }
        tr.diverging { background: #fde2e0 }
        tr.first td { font-weight: bold; border-top: 2px solid #c33 }
        .bar { background: #4a7; height: .6em; display: inline-block; border-radius: 2px }
        .diverging .bar { background: #c33 }
        </style>
        <h1>\(escaped(file))</h1>
        <p><strong>\(escaped(verdict))</strong></p>
        <p>Inputs: \(escaped(report.outputs.inputs.joined(separator: ", "))). Accepted: errors up to
        \(Format.scientific(report.outputs.tolerance)) of the spread (standard deviation) of the expected values. Bars are logarithmic,
        from 1e-8 to 1.</p>
        \(table(outputRows, header: ["output", "", "largest error", "of the spread", "", "", ""]))
        <h2>Layers</h2>
        <p>In running order. A layer that was merged into another has no tensor in the file and is not listed.</p>
        \(table(
            layerRows,
            header: ["layer", "class", "largest error", "of the spread", "cosine", "SQNR", ""]))
        </html>

        """
    }

    private var verdict: String {
        report.isPassed
            ? "Computes the same as \(report.outputs.reference)."
            : "Differs from \(report.outputs.reference)"
                + (report.firstDivergingLayer.map { ", starting at layer “\($0)”." } ?? ".")
    }

    /// A line of a table and the classes that style it.
    private typealias Row = (cells: [String], style: String)

    private var outputRows: [Row] {
        report.outputs.outputs.map { output in
            let cells = [
                escaped(output.name), "", Format.scientific(output.maximumError),
                Format.scientific(output.relativeError), "", "", bar(output.relativeError),
            ]
            return (cells, output.relativeError <= report.outputs.tolerance ? "" : "diverging")
        }
    }

    private var layerRows: [Row] {
        report.layers.map { layer in
            let cells = [
                escaped(layer.name), escaped(layer.layerClass),
                Format.scientific(layer.maximumError), Format.scientific(layer.relativeError),
                Format.rounded(layer.cosine, digits: 6), Format.decibels(layer.signalToNoise),
                bar(layer.relativeError),
            ]
            let isFirst = layer.name == report.firstDivergingLayer
            return (cells, layer.isDiverging ? (isFirst ? "first diverging" : "diverging") : "")
        }
    }

    private func table(_ rows: [Row], header: [String]) -> String {
        func line(_ cells: [String], _ tag: String) -> String {
            cells.enumerated().map { index, cell in
                let style = (2...5).contains(index) ? " class=\"number\"" : ""
                return "<\(tag)\(style)>\(cell)</\(tag)>"
            }.joined()
        }
        let body = rows.map { row in
            let style = row.style.isEmpty ? "" : " class=\"\(row.style)\""
            return "<tr\(style)>\(line(row.cells, "td"))</tr>"
        }
        return "<table><tr>\(line(header, "th"))</tr>\n" + body.joined(separator: "\n") + "</table>"
    }

    /// A bar as long as the logarithm of the error, from 1e-8 to 1.
    private func bar(_ error: Double) -> String {
        let decades = error.isFinite ? min(max(log10(max(error, 1e-8)) + 8, 0), 8) : 8
        return "<span class=\"bar\" style=\"width:\(Format.rounded(decades, digits: 1))em\"></span>"
    }

    private func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
    }
}
