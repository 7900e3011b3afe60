import Foundations
import Microcontrollers
import Problems
import Reports
import TFLiteFormat
import Targets

/// Whether runtimes and delegates run the operators of a `.tflite` file, of any converter.
public struct TargetCheck: Sendable, Codable {
    /// An operator of the file.
    public struct Operator: Sendable, Codable {
        /// The name of the tensor that it makes, which holds the name of the layer in files of this program.
        public let name: String
        /// TFLite's name of the operator with its version.
        public let operation: String
    }

    /// An operator that a target does not run.
    public struct Objection: Sendable, Codable {
        /// The position of the operator in running order, over all subgraphs.
        public let position: Int
        /// The name of the tensor that it makes, which holds the name of the layer in files of this program.
        public let name: String
        /// TFLite's name of the operator with its version.
        public let operation: String
        /// Why the target does not run it.
        public let reason: String

        /// The first of the names that a converter has joined.
        fileprivate var shortName: String {
            name.split(separator: ";").first.map(String.init) ?? name
        }
    }

    /// What one target does with the file.
    public struct Result: Sendable, Codable {
        /// The name of the target.
        public let target: String
        /// The operators that it does not run.
        public let objections: [Objection]
        /// The number of parts that a delegate takes; nil for a runtime.
        public let partitions: Int?

        /// The smallest arenas of TensorFlow Lite Micro, the first with its reference kernels on a 32-bit processor; empty
        /// for other targets and if the file does not run.
        public let arenas: [ArenaSize]

        /// Whether the target runs the whole file.
        public var isPassed: Bool { objections.isEmpty && partitions ?? 1 <= 1 }
    }

    /// The name of the file.
    public let file: String
    /// The number of operators of the file.
    public let operators: Int
    /// Whether the file leaves sizes of inputs open.
    public let hasFreeSizes: Bool
    /// The operators in running order, over all subgraphs.
    public let table: [Operator]
    /// The results, one for each target.
    public let results: [Result]

    /// Whether every target runs the whole file.
    public var isPassed: Bool { results.allSatisfy(\.isPassed) }

    /// Checks a file.
    ///
    /// - Throws: `ConversionError` if the file cannot be read.
    public init(
        of file: ModelSource.File, for targets: [ConversionTarget]
    ) throws(ConversionError) {
        self = try ConversionError.wrapping { try TargetCheck(checking: file, for: targets) }
    }

    private init(checking file: ModelSource.File, for targets: [ConversionTarget]) throws {
        let mapped = try MappedFile(file.source)
        let model = try locating(file: mapped.path) {
            try TFLiteReader.read(mapped.bytes, owner: mapped)
        }
        self.file = mapped.path
        hasFreeSizes = model.subgraphs[0].inputs.contains {
            !model.subgraphs[0][$0].freeShape.isStatic
        }
        operators = model.subgraphs.reduce(0) { $0 + $1.operators.count }
        let checks = targets.map { FileCheck(model, for: $0.target) }
        table = (checks.first?.rows ?? []).map { Operator(name: $0.name, operation: $0.operation) }
        results = try zip(targets, checks).map { target, check in
            let runs = target.isMicrocontroller && check.rows.allSatisfy { $0.objection == nil }
            return Result(check, of: target, arenas: runs ? try ArenaSize.all(of: model) : [])
        }
    }

    /// The check as text: a line for each target, and a table of what it does not run.
    public var text: String { text(isDetailed: false) }

    /// The check as text, with a table of all operators and what each target does with them if it is detailed.
    public func text(isDetailed: Bool) -> String {
        var document = document
        if isDetailed { document.sections.append(.init([.table(matrix)], heading: "operators")) }
        return document.text
    }

    /// A row for each operator, a column for each target.
    private var matrix: ReportTable {
        let refused = results.map { Set($0.objections.map(\.position)) }
        var columns: [ReportTable.Column] = [.number(), .text("name"), .text("operator")]
        columns += results.map { .text($0.target) }
        return ReportTable(
            columns,
            table.enumerated().map { index, entry in
                let name = entry.name.split(separator: ";").first.map(String.init) ?? entry.name
                return .init(
                    [String(index), name, entry.operation]
                        + refused.map { $0.contains(index) ? "no" : "yes" })
            })
    }

    /// The check as JSON.
    public func json() throws(ConversionError) -> String {
        try ConversionError.wrapping { try jsonText() }
    }

    private var document: ReportDocument {
        let sizes =
            "Sizes that the file leaves open count as 1, as in a runtime without dynamic tensors."
        return ReportDocument(
            title: "\(file): \(operators) operators",
            summary: results.map { .line($0.verdict(of: operators)) }
                + (hasFreeSizes ? [.line(sizes)] : []),
            sections: results.filter { !$0.objections.isEmpty }.map { result in
                .init([.table(table(of: result))], heading: result.target)
            }
                + (results.first { !$0.arenas.isEmpty }.map { [arenas($0.arenas)] } ?? []))
    }

    private func arenas(_ sizes: [ArenaSize]) -> ReportDocument.Section {
        let rows = sizes.map { size in
            ReportTable.Row([
                "\(size.kernels), \(size.pointerBits) bits", Format.grouped(size.byteCount),
                Format.grouped(size.activationByteCount),
                size.isMeasured ? "" : "with a margin of 2 %",
            ])
        }
        return .init(
            [
                .table(
                    ReportTable(
                        [.text("kernels"), .number("bytes"), .number("activations"), .text()], rows)
                )
            ],
            heading: "smallest arenas")
    }

    private func table(of result: Result) -> ReportTable {
        ReportTable(
            [.number(), .text("name"), .text("operator"), .text("reason")],
            result.objections.map {
                .init(
                    [String($0.position), $0.shortName, $0.operation, $0.reason], isBad: true)
            })
    }
}

extension TargetCheck.Result {
    fileprivate init(
        _ check: FileCheck, of target: ConversionTarget, arenas: [ArenaSize] = []
    ) {
        self.init(
            target: target.name,
            objections: check.rows.enumerated().compactMap { position, row in
                row.objection.map {
                    TargetCheck.Objection(
                        position: position, name: row.name, operation: row.operation, reason: $0)
                }
            }, partitions: check.partitions, arenas: arenas)
    }

    /// What the target does with a file, in one line.
    fileprivate func verdict(of operators: Int) -> String {
        let count = objections.count
        guard let partitions else {
            let arena =
                arenas.first.map { " in an arena of \(Format.grouped($0.byteCount)) bytes" } ?? ""
            return "\(target): "
                + (count == 0
                    ? "runs\(arena)" : "does not run \(count) of \(operators) operators")
        }
        let place = objections.first.map { ", the first at '\($0.shortName)'" } ?? ""
        return "\(target): takes \(operators - count) of \(operators) operators in "
            + (partitions == 1 ? "1 part" : "\(partitions) parts")
            + (count == 0 ? "" : "; \(count) run on the processor\(place)")
    }
}

extension ConversionTarget {
    /// What a delegate leaves to the processor, in one line; nil for a runtime and if it takes everything in one part.
    func fallback(of model: TFLiteModel) -> String? {
        guard target.fallsBack else { return nil }
        let result = TargetCheck.Result(FileCheck(model, for: target), of: self)
        let count = model.subgraphs.reduce(0) { $0 + $1.operators.count }
        return result.isPassed ? nil : result.verdict(of: count)
    }
}
