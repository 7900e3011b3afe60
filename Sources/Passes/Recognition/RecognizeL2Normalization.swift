import GraphIR

/// Finds the normalization of vectors to length 1 in its spellings.
///
///     before   x · rsqrt(max(sum(x²), 10⁻¹²))        x / √max(sum(x²), 10⁻¹²)        x / max(√sum(x²), 10⁻⁶)
///     after    x ─ L2Normalization ─ y
///
/// Vectors lie along the last axis. The bound has to be that of the runtime's operator. Exact up to rounding.
package struct RecognizeL2Normalization: Pass {
    package let name = "recognize-length-normalization"
    package let summary = "Turns vectors divided by their length into L2Normalization."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .binary(let binary) = node.op, binary.activation == .none,
            graph[node.output].dtype == .float32
        else { return .none }
        for (x, other) in [(node.inputs[0], node.inputs[1]), (node.inputs[1], node.inputs[0])] {
            var squares: ValueID?
            if binary.kind == .multiply, let bounded = graph.operand(of: other, under: .rsqrt) {
                squares = graph.bounded(bounded, by: 1e-12)
            } else if binary.kind == .divide, x == node.inputs[0] {
                squares =
                    graph.operand(of: other, under: .sqrt).flatMap { graph.bounded($0, by: 1e-12) }
                    ?? graph.bounded(other, by: 1e-6).flatMap {
                        graph.operand(of: $0, under: .sqrt)
                    }
            }
            guard let squares, let terms = graph.reduced(squares, by: .sum),
                graph.isSquare(terms, of: x), graph[x].type == graph[node.output].type
            else { continue }
            return try .replacing(node, in: graph) { try $0.add(L2Normalization().op, [x]) }
        }
        return .none
    }
}

extension Graph {
    /// The value that a maximum with a number near `bound` is of.
    fileprivate func bounded(_ value: ValueID, by bound: Double) -> ValueID? {
        guard let node = producer(of: value), case .binary(let binary) = node.op,
            binary.kind == .maximum, let operands = splitConstant(node),
            let number = uniformConstant(operands.constant), abs(number / bound - 1) < 1e-5
        else { return nil }
        return operands.variable
    }

    fileprivate func isSquare(_ value: ValueID, of x: ValueID) -> Bool {
        operand(of: value, under: .square) == x
            || operands(of: value, under: .multiply).map { $0.first == x && $0.second == x } == true
    }
}
