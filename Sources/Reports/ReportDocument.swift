/// What a report says, apart from how it looks: `text` and `html` show it.
package struct ReportDocument: Sendable {
    /// What the report is about, such as a file.
    package var title: String
    /// The judgement; nil for a report that only states facts.
    package var verdict: Verdict?
    /// The facts that every reader wants, before the sections.
    package var summary: [Block]
    /// The details.
    package var sections: [Section]

    /// A document.
    package init(
        title: String, verdict: Verdict? = nil, summary: [Block] = [], sections: [Section] = []
    ) {
        self.title = title
        self.verdict = verdict
        self.summary = summary
        self.sections = sections
    }

    /// A judgement about the subject of the report.
    package struct Verdict: Sendable {
        /// A sentence without its subject and full stop: `differs from the model`.
        package let text: String
        /// Whether the subject passed.
        package let isPassed: Bool

        /// A judgement.
        package init(_ text: String, isPassed: Bool) {
            self.text = text
            self.isPassed = isPassed
        }
    }

    /// A part with a heading.
    package struct Section: Sendable {
        /// The heading; empty if there is none.
        package let heading: String
        /// The contents.
        package let blocks: [Block]

        /// A part.
        package init(_ blocks: [Block], heading: String = "") {
            self.heading = heading
            self.blocks = blocks
        }
    }

    /// A piece of the contents.
    package enum Block: Sendable {
        /// A line of text.
        case line(String)
        /// Values in rows.
        case table(ReportTable)
        /// Values as a picture; text does not show it.
        case chart(ReportChart)
        /// Operations and what they read, as a picture; text does not show it.
        case graph(ReportGraph)
    }
}

/// A table of a report.
package struct ReportTable: Sendable {
    /// A column.
    package struct Column: Sendable {
        /// The title; a table whose titles are all empty has no header.
        package let title: String
        /// Whether the cells are numbers, which are aligned to the right.
        package let isNumeric: Bool

        /// A column of texts.
        package static func text(_ title: String = "") -> Column {
            Column(title: title, isNumeric: false)
        }

        /// A column of numbers.
        package static func number(_ title: String = "") -> Column {
            Column(title: title, isNumeric: true)
        }
    }

    /// A row.
    package struct Row: Sendable {
        /// One text for each column.
        package let cells: [String]
        /// Whether the row shows something bad.
        package let isBad: Bool
        /// What distinguishes the row from all others; empty for most.
        package let note: String

        /// A row.
        package init(_ cells: [String], isBad: Bool = false, note: String = "") {
            self.cells = cells
            self.isBad = isBad
            self.note = note
        }
    }

    /// The columns from left to right.
    package let columns: [Column]
    /// The rows from top to bottom.
    package let rows: [Row]

    /// A table.
    package init(_ columns: [Column], _ rows: [Row]) {
        self.columns = columns
        self.rows = rows
    }

    /// Whether there is a header.
    var hasHeader: Bool { columns.contains { !$0.title.isEmpty } }
}

/// Bars on a logarithmic scale from 1e-8 to 1, in the order of a table's rows.
package struct ReportChart: Sendable {
    /// One bar.
    package struct Bar: Sendable {
        /// The name of what is measured.
        package let name: String
        /// The value, not negative.
        package let value: Double
        /// Whether the value is bad.
        package let isBad: Bool
        /// Whether the bar is the one to look at first.
        package let isMarked: Bool

        /// A bar.
        package init(_ name: String, _ value: Double, isBad: Bool, isMarked: Bool) {
            self.name = name
            self.value = value
            self.isBad = isBad
            self.isMarked = isMarked
        }
    }

    /// What the picture shows, in one sentence.
    package let caption: String
    /// The bars from left to right.
    package let bars: [Bar]
    /// The value at which a line is drawn.
    package let limit: Double
    /// The label of that line.
    package let limitLabel: String

    /// A picture.
    package init(caption: String, _ bars: [Bar], limit: Double, limitLabel: String) {
        self.caption = caption
        self.bars = bars
        self.limit = limit
        self.limitLabel = limitLabel
    }
}
