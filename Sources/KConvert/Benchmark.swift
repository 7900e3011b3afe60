import Foundations
import Interpreter

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
