import Foundation
import KerasImport
import Legalize
import Passes
import Quantization
import TFLiteLowering
import Targets
import TestSupport
import Testing

/// Compares the operators of our files with those of TensorFlow's converter (`testdata/stock`).
struct OperatorCountTests {
    /// A model that the other converter converts.
    struct Row: Sendable, CustomTestStringConvertible {
        /// The path below `testdata`, without ending.
        let model: String
        /// The operators of its file, and those that a run executes.
        let operators: Int
        let executed: Int

        var testDescription: String { model }
    }

    /// The one model that scatters into the rows of a batch of two.
    private static let needsLargerBatch = "keras3/operators/updates/batch_scatter_update"

    static let rows: [Row] = table("operators").compactMap { fields in
        guard let operators = Int(fields[1]), let executed = Int(fields[2]), operators >= 0,
            fields[0] != needsLargerBatch
        else { return nil }
        return Row(model: fields[0], operators: operators, executed: executed)
    }

    /// The models of which our file may have more, as many as stated at most; each with its reason in the table.
    static let exempt: [String: Int] = Dictionary(
        uniqueKeysWithValues: table("exempt").map { ($0[0], Int($0[1]) ?? 0) })

    private static func table(_ name: String) -> [[String]] {
        let text = try? String(
            contentsOfFile: Repository.testdata("stock/\(name).tsv"), encoding: .utf8)
        return (text ?? "").split(separator: "\n").dropFirst().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    @Test func everyModelIsThere() {
        #expect(Self.rows.count >= 951)
        #expect(Self.exempt.count <= 20)
        #expect(Set(Self.exempt.keys).isSubset(of: Self.rows.map(\.model)))
    }

    @Test(arguments: rows)
    func noFileHasMoreOperators(row: Row) throws {
        var options = ImportOptions()
        options.batch = .fixed(1)
        let path = Repository.testdata(row.model) + ".keras"
        let imported = try KerasImporter.importModel(
            architecture: path, weights: nil, options: options)
        var graph = try Legalize.expandRecurrences(in: imported.graph, for: .liteRT)
        _ = try PassDriver().run(on: &graph)
        try Legalize.expand(&graph, for: .liteRT)
        if FileIntegers.exist(in: graph) {
            _ = FileIntegers.store(in: &graph)
            try Legalize.convert(&graph, for: .liteRT)
        }
        let model = try TFLiteLowering.lower(graph, for: .liteRT).model
        let count = model.subgraphs.reduce(0) { $0 + $1.operators.count }
        // What a loop of the other file executes over and over, ours may write out.
        let hasLoop = model.subgraphs.flatMap(\.operators).contains {
            model.name(of: $0) == "WHILE"
        }
        let limit = hasLoop ? row.operators : row.executed
        let most = Self.exempt[row.model] ?? max(row.operators, limit)
        #expect(count <= most, "\(model.subgraphs[0].operators.map { model.name(of: $0) })")
        if let most = Self.exempt[row.model] {
            #expect(count == most, "the table of exemptions says another number")
        }
    }
}
