extension ReportDocument {
    /// The document as plain text, without a line end: the summary indented below the title, then the sections.
    package var text: String {
        let subject = verdict.map { "\(title) \($0.text)" } ?? title
        var lines = [subject] + summary.flatMap(\.lines).map { "  " + $0 }
        for section in sections {
            lines += [""] + (section.heading.isEmpty ? [] : [section.heading])
            lines += section.blocks.flatMap(\.lines)
        }
        return lines.joined(separator: "\n")
    }
}

extension ReportDocument.Block {
    fileprivate var lines: [String] {
        switch self {
        case .line(let text): [text]
        case .table(let table): table.lines
        case .chart, .graph: []
        }
    }
}

extension ReportTable {
    /// The rows with aligned columns, two spaces between them.
    fileprivate var lines: [String] {
        let header = hasHeader ? [Row(columns.map(\.title))] : []
        let widths = columns.indices.map { column in
            (header + rows).map { $0.cells[column].count }.max() ?? 0
        }
        return (header + rows).map { row in
            var line = zip(row.cells, zip(widths, columns)).map { cell, layout in
                let space = String(repeating: " ", count: layout.0 - cell.count)
                return layout.1.isNumeric ? space + cell : cell + space
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return row.note.isEmpty ? line : line + "  ← " + row.note
        }
    }
}
