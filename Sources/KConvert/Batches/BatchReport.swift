import Reports

/// What a batch of conversions did.
public struct BatchReport: Sendable, Codable {
    /// The outcome of one conversion.
    public struct Row: Sendable, Codable {
        /// The name of the conversion.
        public let name: String
        /// The path of the file that was written or that could not be written.
        public let output: String
        /// What was done; nil if it failed.
        public let report: ConversionReport?
        /// The kind of fault; nil if there was none.
        public let code: ConversionError.Code?
        /// Everything found wrong; empty if nothing was.
        public let issues: [ConversionError.Issue]
    }

    /// The outcomes, in the order of the conversions.
    public let rows: [Row]
    /// Seconds for all of them.
    public let seconds: Double

    /// How many conversions failed.
    public var failureCount: Int { rows.count { $0.report == nil } }

    /// The report as text: a table with a line for each conversion.
    public var text: String { document.text }

    /// The report as JSON.
    public func json() throws(ConversionError) -> String {
        try ConversionError.wrapping { try jsonText() }
    }
}

extension BatchReport.Row {
    init(name: String, report: ConversionReport) {
        self.init(
            name: name, output: report.output ?? "", report: report, code: nil, issues: [])
    }

    init(name: String, output: String, error: ConversionError) {
        self.init(
            name: name, output: output, report: nil, code: error.code, issues: error.issues)
    }

    /// The cells of the table: the name, figures or the first fault.
    fileprivate var cells: ReportTable.Row {
        guard let report else {
            let more = issues.count > 1 ? " (and \(issues.count - 1) more)" : ""
            let place = issues.first?.layer.map { "layer '\($0)': " } ?? ""
            return .init(
                [name, "", "", "", "", "✗ " + place + (issues.first?.message ?? "") + more],
                isBad: true)
        }
        let largest = report.verification?.outputs.map(\.relativeError).max()
        return .init([
            name, "\(report.before.operators) → \(report.after.operators)",
            Format.bytes(report.fileSize), Format.seconds(report.timing.total),
            largest.map(Format.scientific) ?? "", report.warnings.first.map { "! \($0)" } ?? "",
        ])
    }
}

extension BatchReport {
    private var document: ReportDocument {
        let converted = rows.count - failureCount
        return ReportDocument(
            title: "\(converted) of \(Format.count(rows.count, "model")) converted in "
                + Format.seconds(seconds),
            sections: [
                .init([
                    .table(
                        ReportTable(
                            [
                                .text("model"), .text("operators"), .number("file"),
                                .number("time"), .number("error"), .text(),
                            ], rows.map(\.cells)))
                ])
            ])
    }
}
