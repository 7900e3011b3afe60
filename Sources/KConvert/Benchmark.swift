import Foundations
import Interpreter
import Reports

/// Measures the bundled interpreter on a file, with inputs of zeros.
public struct Benchmark: Sendable {
    private let model: ModelSource.File
    private let runs: Int?
    private let threads: Int
    private let isPerOperator: Bool

    /// A measurement.
    ///
    /// - Parameters:
    ///   - model: a `.tflite` file.
    ///   - runs: the number of measured runs, after some unmeasured ones; nil for 50, or as many as fit into ten seconds.
    ///   - isPerOperator: whether the operators are timed too, in further runs.
    public init(model: ModelSource.File, runs: Int?, threads: Int = 1, isPerOperator: Bool = false)
    {
        self.model = model
        self.runs = runs.map { max($0, 1) }
        self.threads = max(threads, 1)
        self.isPerOperator = isPerOperator
    }

    /// Runs the file.
    ///
    /// - Throws: `ConversionError` if the file cannot be read or run.
    public func run() throws(ConversionError) -> BenchmarkReport {
        try ConversionError.wrapping { try measure() }
    }

    private func measure() throws -> BenchmarkReport {
        var watch = Stopwatch()
        let file = try LiteModel(model.source, options: .init(threads: threads))
        let session = try file.makeSession()
        let load = watch.lap()
        let inspection = try Inspection(of: ModelSource(model))
        _ = watch.lap()
        try clear(session, file.inputs.count)
        try session.invoke()
        let first = watch.lap()
        let runs = runs ?? Self.runs(of: first)
        var times: [Double] = []
        var processor = Double.infinity
        for run in -min(2, runs - 1)..<runs {
            try clear(session, file.inputs.count)
            let used = Stopwatch.processorTime
            _ = watch.lap()
            try session.invoke()
            let time = watch.lap()
            guard run >= 0 else { continue }
            times.append(time)
            processor = min(processor, Stopwatch.processorTime - used)
        }
        times.sort()
        let median = times[times.count / 2]
        return BenchmarkReport(
            runs: runs, threads: threads, load: load, first: load + first, minimum: times[0],
            median: median,
            percentile99: times[min(times.count - 1, times.count * 99 / 100)],
            processor: processor,
            gigaflops: Self.gigaflops(inspection.multiplyAccumulates, in: median),
            arenaBytes: session.arenaByteCount,
            operators: isPerOperator ? try operators(session, inspection, runs) : [])
    }

    private static let defaultRuns = 50
    private static let secondsOfDefaultRuns = 10.0

    /// How often a file is run whose first run took this long.
    private static func runs(of first: Double) -> Int {
        max(Int(min(secondsOfDefaultRuns / max(first, 1e-9), Double(defaultRuns))), 1)
    }

    private func clear(_ session: LiteSession, _ inputs: Int) throws {
        for index in 0..<inputs {
            try session.withInputBytes(index) {
                _ = $0.initializeMemory(as: UInt8.self, repeating: 0)
            }
        }
    }

    private static func gigaflops(_ multiplyAccumulates: Int, in seconds: Double) -> Double {
        2 * Double(multiplyAccumulates) / max(seconds, 1e-9) * 1e-9
    }

    /// The median time of each operator.
    private func operators(
        _ session: LiteSession, _ inspection: Inspection, _ runs: Int
    ) throws -> [BenchmarkReport.Operator] {
        var times: [String: [Double]] = [:]
        for _ in 0..<runs {
            try clear(session, session.inputShapes.count)
            for step in try session.timedRun({ Stopwatch.now }) {
                times[step.output, default: []].append(step.seconds)
            }
        }
        return inspection.rows.compactMap { row in
            guard let sorted = times[row.name]?.sorted() else { return nil }
            let seconds = sorted[sorted.count / 2]
            return BenchmarkReport.Operator(
                name: row.name, kind: row.kind, seconds: seconds,
                gigaflops: Self.gigaflops(row.multiplyAccumulates, in: seconds))
        }
    }
}

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
