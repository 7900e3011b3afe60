import TFLiteFormat
import Tensors

/// Finds how often a WHILE operator goes round, if its counter and its limit are constants of the file.
struct LoopRounds {
    private let model: TFLiteModel

    init(_ model: TFLiteModel) {
        self.model = model
    }

    /// The number of rounds; nil if only a run knows it.
    ///
    /// Known are conditions `counter < limit`, and several joined by "and", with a counter that grows by a constant.
    func count(of node: TFLiteOperator, _ loop: WhileOptions, in subgraph: TFLiteSubgraph) -> Int? {
        guard model.subgraphs.indices.contains(loop.conditionSubgraph),
            model.subgraphs.indices.contains(loop.bodySubgraph)
        else { return nil }
        let condition = model.subgraphs[loop.conditionSubgraph]
        let body = model.subgraphs[loop.bodySubgraph]
        guard condition.inputs.count == node.inputs.count, body.inputs.count == node.inputs.count,
            body.outputs.count == node.inputs.count, let goesOn = condition.outputs.first
        else { return nil }
        return comparisons(that: goesOn, in: condition).compactMap { less in
            rounds(less, condition) { position in
                let start = node.inputs[position]
                let step = step(of: position, in: body)
                return step.flatMap { step in
                    number(start, in: subgraph).map { (start: $0, step: step) }
                }
            }
        }.min()
    }

    /// The operators `a < b` that all have to hold for a truth value.
    private func comparisons(that truth: TensorIndex, in graph: TFLiteSubgraph) -> [TFLiteOperator]
    {
        var (found, open) = ([TFLiteOperator](), [truth])
        for node in graph.operators.reversed() where open.contains(where: node.outputs.contains) {
            switch builtin(node) {
            case .less: found.append(node)
            case .logicalAnd: open += node.inputs
            default: break
            }
        }
        return found
    }

    /// The rounds that a comparison of a counter with a constant allows.
    private func rounds(
        _ less: TFLiteOperator, _ condition: TFLiteSubgraph,
        counter: (Int) -> (start: Int, step: Int)?
    ) -> Int? {
        guard less.inputs.count == 2, let limit = number(less.inputs[1], in: condition),
            let position = condition.inputs.firstIndex(of: less.inputs[0]),
            let (start, step) = counter(position), step > 0
        else { return nil }
        return limit <= start ? 0 : (limit - start + step - 1) / step
    }

    /// By how much the body raises one of its values in each round.
    private func step(of position: Int, in body: TFLiteSubgraph) -> Int? {
        let adder = body.operators.first { $0.outputs == [body.outputs[position]] }
        guard let adder, builtin(adder) == .add, adder.inputs.count == 2,
            let other = adder.inputs.firstIndex(of: body.inputs[position])
        else { return nil }
        return number(adder.inputs[1 - other], in: body)
    }

    private func builtin(_ node: TFLiteOperator) -> BuiltinOperator {
        model[node.opcodeIndex].builtin
    }

    /// The value of a constant with one int32 element.
    private func number(_ tensor: TensorIndex, in graph: TFLiteSubgraph) -> Int? {
        guard !tensor.isAbsent, graph[tensor].type == .int32,
            let bytes = model.source(of: graph[tensor])?.contiguousBytes,
            bytes.count == MemoryLayout<Int32>.size
        else { return nil }
        return Int(Int32(littleEndian: bytes.loadUnaligned(as: Int32.self)))
    }
}
