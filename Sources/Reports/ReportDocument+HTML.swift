extension ReportDocument {
    /// The document as an HTML page that needs no other file.
    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title.htmlEscaped)</title>
        <style>
        \(PageStyle.css)
        </style>
        <main>
        \(hasGraphs ? GraphScript.declaration : "")
        <h1>\(title.htmlEscaped)</h1>
        \(([verdict?.html ?? ""] + summary.map(\.html) + sections.map(\.html)).joined(separator: "\n"))
        </main>
        \(hasGraphs ? GraphScript.drawing : "")
        </html>

        """
    }
}

extension ReportDocument {
    private var hasGraphs: Bool {
        (summary + sections.flatMap(\.blocks)).contains {
            if case .graph = $0 { true } else { false }
        }
    }
}

extension ReportDocument.Verdict {
    fileprivate var html: String {
        let sentence = text.prefix(1).uppercased() + text.dropFirst() + "."
        return "<p class=\"verdict \(isPassed ? "passed" : "failed")\">\(sentence.htmlEscaped)</p>"
    }
}

extension ReportDocument.Section {
    fileprivate var html: String {
        let title = heading.isEmpty ? "" : "<h2>\(heading.htmlEscaped)</h2>\n"
        return title + blocks.map(\.html).joined(separator: "\n")
    }
}

extension ReportDocument.Block {
    fileprivate var html: String {
        switch self {
        case .line(let text): "<p>\(text.htmlEscaped)</p>"
        case .table(let table): table.html
        case .chart(let chart): chart.html
        case .graph(let graph): graph.html
        }
    }
}

extension ReportTable {
    fileprivate var html: String {
        let header = hasHeader ? "<tr>\(line(columns.map(\.title), "th"))</tr>\n" : ""
        let body = rows.map { row in
            let classes = [row.isBad ? "bad" : "", row.note.isEmpty ? "" : "marked"]
                .filter { !$0.isEmpty }.joined(separator: " ")
            let style = classes.isEmpty ? "" : " class=\"\(classes)\""
            return "<tr\(style)>\(line(row.cells, "td", note: row.note))</tr>"
        }
        return "<div class=\"scroll\"><table>\(header)\(body.joined(separator: "\n"))</table></div>"
    }

    private func line(_ cells: [String], _ tag: String, note: String = "") -> String {
        cells.indices.map { index in
            let style = columns[index].isNumeric ? " class=\"number\"" : ""
            let suffix =
                index == 0 && !note.isEmpty ? "<small>↑ \(note.htmlEscaped)</small>" : ""
            return "<\(tag)\(style)>\(cells[index].htmlEscaped)\(suffix)</\(tag)>"
        }.joined()
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
