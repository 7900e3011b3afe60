import Foundations
import GraphIR
import Problems
import Tensors

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The ranges of the values of a graph as they stand in a file, by name.
///
/// The file says which model it belongs to: the names and shapes of all values.
package struct Statistics: Codable, Sendable {
    /// One value.
    private struct Entry: Codable {
        let name: String
        let low: Double
        let high: Double
    }

    private let method: String
    private let values: [Entry]

    /// The ranges of a graph's values.
    package init(_ ranges: [ValueID: ObservedRange], of graph: Graph, by method: RangeMethod) {
        self.method = method.description
        let names = Self.names(of: graph)
        values = ranges.keys.sorted().compactMap { id in
            guard let name = names[id], let range = ranges[id] else { return nil }
            return Entry(name: name, low: range.low, high: range.high)
        }
    }

    /// The ranges for the values of a graph.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if the file has no range for a value that is given or computed.
    package func ranges(for graph: Graph, file: String) throws -> [ValueID: ObservedRange] {
        let known = Dictionary(
            values.map { ($0.name, ObservedRange($0.low, $0.high)) }, uniquingKeysWith: { $1 })
        var ranges: [ValueID: ObservedRange] = [:]
        for (id, name) in Self.names(of: graph) {
            if let range = known[name] { ranges[id] = range }
        }
        guard ranges.count == values.count else {
            throw Problem(
                .invalidArgument(
                    "the statistics belong to another model: \(values.count - ranges.count) of "
                        + "\(values.count) values are not in this one",
                    remedy: "Write them again with \(.samples) and \(.savedStatistics)."),
                file: file)
        }
        return ranges
    }

    /// The file as JSON.
    ///
    /// - Throws: what encoding throws.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads a file.
    ///
    /// - Throws: `Problem` if it cannot be read or is not what `json` made.
    package static func read(_ path: String) throws -> Statistics {
        let statistics = try MappedFile.reading(path) { file in
            try ResourceBudget.current.holding(
                saturatingProduct(bytesPerByte, file.bytes.count), for: "the statistics"
            ) {
                do {
                    return try JSONDecoder().decode(Statistics.self, from: Data(file.bytes))
                } catch {
                    throw Problem(.malformed(what: "file of statistics", reason: "\(error)"))
                }
            }
        }
        guard
            statistics.values.allSatisfy({
                Float($0.low).isFinite && Float($0.high).isFinite && $0.low <= $0.high
            })
        else {
            throw Problem(
                .malformed(
                    what: "file of statistics", reason: "a range is not one of 32-bit floats"),
                file: path)
        }
        return statistics
    }

    /// An upper bound of the memory that a byte of JSON takes once it is decoded.
    private static let bytesPerByte = 40

    /// The names of float32 values that are given or computed; equal ones get numbers in running order.
    private static func names(of graph: Graph) -> [ValueID: String] {
        var unique = UniqueNames()
        let ids =
            graph.inputs.map(\.value) + graph.states.map(\.input) + graph.nodes.flatMap(\.outputs)
        return ids.reduce(into: [:]) { names, id in
            names[id] = unique.unique("\(graph[id].name) \(graph[id].shape)")
        }
    }
}
