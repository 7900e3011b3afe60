import KConvert

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
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(file.htmlEscaped)</title>
        <style>
        \(PageStyle.css)
        </style>
        <main>
        <h1>\(file.htmlEscaped)</h1>
        <p class="verdict \(report.isPassed ? "passed" : "failed")">\(verdict)</p>
        <p>Inputs: \(report.outputs.inputs.joined(separator: ", ").htmlEscaped). Errors up to
        \(Format.scientific(report.outputs.tolerance)) of the spread (standard deviation) of the expected values are accepted.</p>
        \(report.notes.map { "<p>Note: \($0.htmlEscaped).</p>" }.joined())
        <h2>Outputs</h2>
        \(table(outputRows, header: ["output", "largest error", "of the spread"], texts: 1))
        <h2>Layers</h2>
        <p>\(coverage.htmlEscaped)</p>
        \(ComparisonChart(report).html)
        \(table(
            layerRows,
            header: ["layer", "class", "largest error", "of the spread", "cosine", "SQNR"],
            texts: 2))
        </main>
        </html>

        """
    }

    private var verdict: String {
        let reference = report.outputs.reference.htmlEscaped
        if report.isPassed { return "Computes the same as \(reference)." }
        guard let layer = report.firstDivergence else { return "Differs from \(reference)." }
        let merged = layer.merged.map { code($0) }.joined(separator: ", ")
        return "Differs from \(reference), starting at layer \(code(layer.name))"
            + (merged.isEmpty ? "." : ", which holds \(merged) too.")
    }

    private func code(_ text: String) -> String { "<code>\(text.htmlEscaped)</code>" }

    private var coverage: String {
        ComparisonText.coverage(of: report) + " Rows and bars are in running order."
    }

    /// A line of a table and the classes that style it.
    private typealias Row = (cells: [String], style: String)

    private var outputRows: [Row] {
        report.outputs.outputs.map { output in
            let cells = [
                output.name, Format.scientific(output.maximumError),
                Format.scientific(output.relativeError),
            ]
            return (cells, output.relativeError <= report.outputs.tolerance ? "" : "diverging")
        }
    }

    private var layerRows: [Row] {
        report.layers.map { layer in
            let cells = [
                layer.name, layer.layerClass, Format.scientific(layer.maximumError),
                Format.scientific(layer.relativeError), Format.rounded(layer.cosine, digits: 6),
                Format.decibels(layer.signalToNoise),
            ]
            let isFirst = layer.name == report.firstDivergingLayer
            return (cells, layer.isDiverging ? (isFirst ? "first diverging" : "diverging") : "")
        }
    }

    /// A table whose first columns are texts and whose others are numbers.
    private func table(_ rows: [Row], header: [String], texts: Int) -> String {
        func line(_ cells: [String], _ tag: String) -> String {
            cells.enumerated().map { index, cell in
                let style = index < texts ? "" : " class=\"number\""
                return "<\(tag)\(style)>\(cell.htmlEscaped)</\(tag)>"
            }.joined()
        }
        let body = rows.map { row in
            let style = row.style.isEmpty ? "" : " class=\"\(row.style)\""
            return "<tr\(style)>\(line(row.cells, "td"))</tr>"
        }
        return "<div class=\"scroll\"><table><tr>\(line(header, "th"))</tr>\n"
            + body.joined(separator: "\n") + "</table></div>"
    }
}

extension String {
    /// The text as it stands in HTML, also within quotes.
    var htmlEscaped: String {
        reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
