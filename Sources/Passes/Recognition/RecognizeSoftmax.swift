import GraphIR

/// Finds the softmax and its logarithm spelled out along the last axis.
///
///     before   d = x − max(x)    e = exp(d)    y = e / sum(e)            y = d − log(sum(e))
///     after    x ─ Softmax ─ y                                          x ─ LogSoftmax ─ y
///
///     before   x ─ Softmax ─ log ─ y
///     after    x ─ LogSoftmax ─ y
///
/// The maximum need not be subtracted, and `x − (max(x) + log(sum(e)))` is a logarithm, too. Exact up to rounding, except that exponentials
/// of unshifted numbers may overflow or vanish: where the arithmetic gives NaN or −∞ then, the operator gives a number.
package struct RecognizeSoftmax: Pass {
    package let name = "recognize-softmax"
    package let summary = "Turns exponentials divided by their sum into softmax, and its logarithm."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard node.outputs.count == 1 else { return .none }
        if let (exponentials, sum) = graph.operands(of: node.output, under: .divide),
            graph.reduced(sum, by: .sum) == exponentials,
            let exponents = graph.operand(of: exponentials, under: .exp)
        {
            let x = graph.shiftedByMaximum(exponents) ?? exponents
            return try replacing(node, by: Softmax().op, of: x, in: graph)
        }
        if let probabilities = graph.operand(of: node.output, under: .log),
            let softmax = graph.soleProducer(of: probabilities), softmax.op == Softmax().op
        {
            return try replacing(node, by: LogSoftmax().op, of: softmax.inputs[0], in: graph)
        }
        guard let (x, shift) = graph.operands(of: node.output, under: .subtract) else {
            return .none
        }
        if graph.exponents(ofLogarithmOfSum: shift) == x {
            let source = graph.shiftedByMaximum(x) ?? x
            return try replacing(node, by: LogSoftmax().op, of: source, in: graph)
        }
        guard let (first, second) = graph.operands(of: shift, under: .add) else { return .none }
        for (maximum, logarithm) in [(first, second), (second, first)]
        where graph.reduced(maximum, by: .max) == x {
            guard let shifted = graph.exponents(ofLogarithmOfSum: logarithm),
                graph.shiftedByMaximum(shifted) == x
            else { continue }
            return try replacing(node, by: LogSoftmax().op, of: x, in: graph)
        }
        return .none
    }

    private func replacing(
        _ node: Node, by op: Op, of x: ValueID, in graph: Graph
    ) throws -> Outcome {
        guard graph[x].type == graph[node.output].type else { return .none }
        return try .replacing(node, in: graph) { try $0.add(op, [x]) }
    }
}

extension Graph {
    /// x, if a value is x − max(x).
    fileprivate func shiftedByMaximum(_ value: ValueID) -> ValueID? {
        guard let (x, maximum) = operands(of: value, under: .subtract),
            reduced(maximum, by: .max) == x
        else { return nil }
        return x
    }

    /// d, if a value is log(sum(exp(d))).
    fileprivate func exponents(ofLogarithmOfSum value: ValueID) -> ValueID? {
        operand(of: value, under: .log).flatMap { reduced($0, by: .sum) }
            .flatMap { operand(of: $0, under: .exp) }
    }
}
