import Interpreter

/// Measures the bundled interpreter on a file, with inputs of zeros.
public struct Benchmark: Sendable {
    private let model: String
    private let runs: Int
    private let threads: Int
    private let isPerOperator: Bool

    /// A measurement.
    ///
    /// - Parameters:
    ///   - model: the path of a `.tflite` file.
    ///   - runs: the number of measured runs, after some unmeasured ones.
    ///   - isPerOperator: whether the operators are timed too, in further runs.
    public init(model: String, runs: Int, threads: Int = 1, isPerOperator: Bool = false) {
        self.model = model
        self.runs = max(runs, 1)
        self.threads = max(threads, 1)
        self.isPerOperator = isPerOperator
    }

    /// Runs the file.
    ///
    /// - Throws: `LiteModelError` where the file cannot be run, `ConversionError` where it cannot be read.
    public func run() throws -> BenchmarkReport {
        var watch = Stopwatch()
        let file = try LiteModel(contentsOf: model, options: .init(threads: threads))
        let session = try file.makeSession()
        let load = watch.lap()
        let inspection = try Inspection(of: ModelSource(model: model))
        let inputs = try zip(file.inputs, session.inputShapes).map { input, shape in
            let count = shape.reduce(1, *) * input.elementType.byteCount
            return try [UInt8](repeating: 0, count: count).withUnsafeBytes {
                try LiteTensor(bytes: $0, elementType: input.elementType, shape: shape)
            }
        }
        _ = watch.lap()
        _ = try session.run(inputs)
        let first = watch.lap()
        for _ in 0..<2 { _ = try session.run(inputs) }
        var times: [Double] = []
        var processor = Double.infinity
        for _ in 0..<runs {
            let used = Stopwatch.processorTime
            _ = watch.lap()
            _ = try session.run(inputs)
            times.append(watch.lap())
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
            operators: isPerOperator ? try operators(session, inspection) : [])
    }

    private static func gigaflops(_ multiplyAccumulates: Int, in seconds: Double) -> Double {
        2 * Double(multiplyAccumulates) / max(seconds, 1e-9) * 1e-9
    }

    /// The median time of each operator.
    private func operators(
        _ session: LiteSession, _ inspection: Inspection
    ) throws -> [BenchmarkReport.Operator] {
        var times: [String: [Double]] = [:]
        for _ in 0..<runs {
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
