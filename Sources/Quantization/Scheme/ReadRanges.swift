import GraphIR

/// Which numbers of a value its readers tell apart.
///
/// A hard swish makes 0 of all that is below −3; integers for such numbers would be wasted.
enum ReadRanges {
    /// The ranges, those of values whose readers do not need all of them cut off.
    static func cut(
        _ ranges: [ValueID: ObservedRange], in graph: Graph
    ) -> [ValueID: ObservedRange] {
        ranges.reduce(into: [:]) { result, entry in
            let (id, range) = entry
            guard let read = read(id, in: graph) else { return result[id] = range }
            result[id] = ObservedRange(
                min(max(range.low, read.lowerBound), read.upperBound),
                min(max(range.high, read.lowerBound), read.upperBound))
        }
    }

    /// The numbers that some reader tells apart, beyond which all are like the nearest; nil for all numbers.
    static func read(_ id: ValueID, in graph: Graph) -> ClosedRange<Double>? {
        guard !graph.isOutput(id), !graph.states.contains(where: { $0.output == id }),
            graph.producer(of: id)?.op.payload.quantizationRule != .recurrent
        else { return nil }
        let intervals = graph.users(of: id).map(interval)
        guard let first = intervals.first, !intervals.contains(nil) else { return nil }
        return intervals.reduce(first) { a, b in
            a.flatMap { a in
                b.map { min(a.lowerBound, $0.lowerBound)...max(a.upperBound, $0.upperBound) }
            }
        }
    }

    private static func interval(of node: Node) -> ClosedRange<Double>? {
        guard case .unary(let unary) = node.op else { return nil }
        return switch unary.kind {
        case .hardSwish: -3 ... .infinity
        case .relu: 0 ... .infinity
        case .relu6: 0...6
        default: nil
        }
    }
}
