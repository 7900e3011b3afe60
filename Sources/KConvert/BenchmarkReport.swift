import Reports

/// How fast the bundled interpreter runs a file.
public struct BenchmarkReport: Sendable, Codable {
    /// The time of one operator.
    public struct Operator: Sendable, Codable {
        /// The name of the tensor that it makes.
        public let name: String
        /// TFLite's name with the version.
        public let kind: String
        /// The median over all runs, in seconds.
        public let seconds: Double
        /// GFLOP/s; 0 for operators without multiply-accumulates.
        public let gigaflops: Double
    }

    /// The number of measured runs.
    public let runs: Int
    /// The number of threads.
    public let threads: Int
    /// Seconds from the file to the first session.
    public let load: Double
    /// Seconds from the file to the first result.
    public let first: Double
    /// Seconds of the fastest run.
    public let minimum: Double
    /// Seconds of the median run.
    public let median: Double
    /// Seconds that 99 % of the runs stay below.
    public let percentile99: Double
    /// Seconds of processor time, on all threads, of the run that took the least.
    public let processor: Double
    /// GFLOP/s of the median run, two operations for each multiply-accumulate.
    public let gigaflops: Double
    /// Bytes of the memory for intermediate results.
    public let arenaBytes: Int
    /// The operators in running order; empty unless asked for.
    public let operators: [Operator]

    /// The report as text.
    public var text: String { document.text }

    /// The report as JSON.
    public func json() throws(ConversionError) -> String {
        try ConversionError.wrapping { try jsonText() }
    }
}

extension BenchmarkReport {
    private var document: ReportDocument {
        let facts = [
            ("load", Format.duration(load)), ("first", Format.duration(first)),
            ("min", Format.duration(minimum)), ("median", Format.duration(median)),
            ("p99", Format.duration(percentile99)),
            ("speed", "\(Format.rounded(gigaflops, digits: 1)) GFLOP/s"),
            ("arena", Format.bytes(arenaBytes)),
        ]
        return ReportDocument(
            title: "\(Format.count(runs, "run")), \(Format.count(threads, "thread"))",
            summary: [.table(ReportTable([.text(), .text()], facts.map { .init([$0, $1]) }))],
            sections: operators.isEmpty ? [] : tables)
    }

    private var tables: [ReportDocument.Section] {
        let steps = operators.map { Row($0.seconds, $0.gigaflops, $0.kind, $0.name) }
        let title = "Operators in running order, medians of \(runs) further runs:"
        return [.init([table(steps)], heading: title), .init([table(kinds)], heading: "By kind:")]
    }

    /// The operators of each kind together, the longest first.
    private var kinds: [Row] {
        Dictionary(grouping: operators, by: \.kind).map { kind, operators in
            let seconds = operators.reduce(0) { $0 + $1.seconds }
            let work = operators.reduce(0) { $0 + $1.seconds * $1.gigaflops }
            return (
                seconds, seconds > 0 ? work / seconds : 0, kind,
                Format.count(operators.count, "operator")
            )
        }.sorted { ($1.seconds, $0.kind) < ($0.seconds, $1.kind) }
    }

    private typealias Row = (seconds: Double, gigaflops: Double, kind: String, name: String)

    private func table(_ rows: [Row]) -> ReportDocument.Block {
        let total = rows.reduce(0) { $0 + $1.seconds }
        let cells = rows.map { row in
            let share = total > 0 ? row.seconds / total * 100 : 0
            let speed = "\(Format.rounded(row.gigaflops, digits: 1)) GFLOP/s"
            return ReportTable.Row([
                Format.duration(row.seconds), "\(Format.rounded(share, digits: 1)) %",
                row.gigaflops > 0 ? speed : "", row.kind, row.name,
            ])
        }
        return .table(ReportTable([.number(), .number(), .number(), .text(), .text()], cells))
    }
}
