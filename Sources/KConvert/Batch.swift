import Dispatch
import Foundations
import Interpreter
import KerasImport
import Reports

/// Conversions of many models, several at a time, which share threads and memory.
///
/// A model that cannot be converted does not keep the others from being converted. What a converter says of Lambdas may be
/// meant for some models only.
public struct Batch: Sendable {
    /// One conversion.
    public struct Item: Sendable {
        /// What the report calls it.
        public var name: String
        /// The files of the model.
        public var source: ModelSource
        /// The path of the file to write.
        public var output: String
        /// What converts it; its limit of memory and its threads are replaced by shares of those of the batch.
        public var converter: Converter

        /// A conversion of a model to the file at a path.
        public init(
            _ name: String, _ source: ModelSource, to output: String, with converter: Converter
        ) {
            self.name = name
            self.source = source
            self.output = output
            self.converter = converter
        }
    }

    /// The conversions, in the order of the report.
    public var items: [Item]
    /// How many conversions run at a time.
    public var concurrency = 1
    /// How many threads all of them together may use; nil for one per processor.
    public var threads: Int?
    /// The most bytes that all of them together may hold; nil for three quarters of the machine's memory.
    public var memory: Int?

    /// A batch of conversions.
    public init(_ items: [Item]) {
        self.items = items
    }

    /// Runs all conversions, those with the largest files first, so that none of them is left for the end.
    ///
    /// Each has an equal share of memory and threads. One that fails for a reason that can be a lack of memory is tried
    /// again when it has all memory for itself.
    ///
    /// - Parameter finished: is told each outcome as soon as it is known, on any thread but never on two at a time.
    public func run(
        finished: @Sendable (BatchReport.Row, ConversionError?) -> Void = { _, _ in }
    ) -> BatchReport {
        var watch = Stopwatch()
        let workers = max(1, min(concurrency, items.count))
        let state = Locked(State(order: costliestFirst, count: items.count))
        @Sendable func report(_ outcome: Outcome, of index: Int) {
            state.withLock {
                $0.rows[index] = outcome.row
                finished(outcome.row, outcome.error)
            }
        }
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while let index = state.withLock({ $0.next() }) {
                let outcome = convert(items[index], share: workers)
                if workers > 1, outcome.error?.code == .badInput {
                    state.withLock { $0.remaining.append(index) }
                } else {
                    report(outcome, of: index)
                }
            }
        }
        for index in state.withLock({ $0.remaining }).sorted() {
            report(convert(items[index], share: 1), of: index)
        }
        return BatchReport(
            rows: state.withLock { $0.rows.compactMap { $0 } }, seconds: watch.lap())
    }

    private struct State {
        /// Positions of items that nobody has taken, the next one last.
        private var order: [Int]
        /// Positions of items to be tried again.
        var remaining: [Int] = []
        var rows: [BatchReport.Row?]

        init(order: [Int], count: Int) {
            self.order = order.reversed()
            rows = .init(repeating: nil, count: count)
        }

        mutating func next() -> Int? { order.popLast() }
    }

    private struct Outcome {
        let row: BatchReport.Row
        let error: ConversionError?
    }

    /// The positions of the items by the bytes of their files, the largest first.
    private var costliestFirst: [Int] {
        let sizes = items.map { item in
            [item.source.model.source, item.source.weights?.source].compactMap { $0 }
                .reduce(0) { saturatingSum($0, Self.byteCount(of: $1)) }
        }
        return items.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    }

    /// The bytes of the files; 0 if they cannot be opened, which the conversion reports.
    private static func byteCount(of source: FileSource) -> Int {
        do {
            return try KerasFiles.byteCount(of: source)
        } catch {
            return 0
        }
    }

    /// Runs one of several conversions that run at a time.
    private func convert(_ item: Item, share: Int) -> Outcome {
        var converter = item.converter
        let threads = threads ?? ThreadBudget.machine.count
        converter.options.threads = max(1, threads / share)
        converter.options.customLayers.objects.lambdas.requiresUse = false
        converter.options.limits.memory = (memory ?? MachineMemory.available / 4 * 3) / share
        do {
            let report = try converter.convert(item.source, to: item.output)
            return Outcome(row: .init(name: item.name, report: report), error: nil)
        } catch {
            return Outcome(
                row: .init(name: item.name, output: item.output, error: error), error: error)
        }
    }
}

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
