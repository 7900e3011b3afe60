import TFLiteFormat

/// Finds rows of a tensor that are replaced by cutting it in front of them and behind them and joining all again.
///
/// Converters write the elements of a list of tensors in this way:
///
///     CONCATENATION(SLICE(t, [0, 0…], [i, -1…]), row, SLICE(t, [i + 1, 0…], [-1, -1…]))
///
/// The extents of both pieces follow from `i`, so that each round of a loop would have to be planned again, though the
/// result has the shape of `t`. One DYNAMIC_UPDATE_SLICE(t, row, [i, -1…]) computes the same, since it moves a start
/// below zero to zero.
struct RowUpdates {
    private let model: TFLiteModel
    private let graph: TFLiteSubgraph
    /// The operator that makes each tensor.
    private let makers: [TensorIndex: Int]

    private init(_ model: TFLiteModel, _ graph: TFLiteSubgraph) {
        self.model = model
        self.graph = graph
        var makers: [TensorIndex: Int] = [:]
        for (position, node) in graph.operators.enumerated() {
            for output in node.outputs { makers[output] = position }
        }
        self.makers = makers
    }

    /// The model with such operators replaced in the bodies of its loops.
    static func replacing(in model: TFLiteModel) -> TFLiteModel {
        var result = model
        for (index, graph) in model.subgraphs.enumerated().dropFirst() {
            let updates = RowUpdates(model, graph)
            let found = graph.operators.indices.compactMap { position in
                updates.update(at: position).map { (position, $0) }
            }
            guard !found.isEmpty else { continue }
            let known = result.operatorCodes.firstIndex { $0.builtin == .dynamicUpdateSlice }
            let code =
                known.map { OperatorCodeIndex($0) }
                ?? result.add(TFLiteOperatorCode(.dynamicUpdateSlice))
            var changed = graph
            var unused: Set<TensorIndex> = []
            for (position, update) in found {
                changed.operators[position] = TFLiteOperator(
                    opcodeIndex: code, inputs: update.inputs,
                    outputs: graph.operators[position].outputs)
                unused.formUnion(update.pieces)
            }
            removeMakers(of: unused, from: &changed)
            result.subgraphs[index] = changed
        }
        return result
    }

    /// What replaces a joining operator: its inputs, and the pieces that are not needed for it.
    private struct Update {
        let inputs: [TensorIndex]
        let pieces: [TensorIndex]
    }

    private func update(at position: Int) -> Update? {
        let node = graph.operators[position]
        guard builtin(node) == .concatenation, node.inputs.count == 3,
            let options = node.options?.as(ConcatenationOptions.self), options.axis == 0,
            options.activation == .none, !node.inputs.contains(where: \.isAbsent),
            graph[node.inputs[1]].shape.first == 1,
            let front = maker(node.inputs[0], .slice), let back = maker(node.inputs[2], .slice),
            front.inputs.count == 3, back.inputs.count == 3, front.inputs[0] == back.inputs[0],
            constant(front.inputs[1])?.allSatisfy({ $0 == 0 }) == true,
            constant(back.inputs[2])?.allSatisfy({ $0 == -1 }) == true,
            let row = leading(front.inputs[2], followedBy: -1),
            let next = leading(back.inputs[1], followedBy: 0), isSuccessor(next, of: row)
        else { return nil }
        return Update(
            inputs: [front.inputs[0], node.inputs[1], front.inputs[2]],
            pieces: [node.inputs[0], node.inputs[2]])
    }

    /// The number `i` if a tensor is `[i, rest, rest…]`.
    private func leading(_ tensor: TensorIndex, followedBy rest: Int32) -> TensorIndex? {
        guard let node = maker(tensor, .concatenation), node.inputs.count == 2,
            constant(node.inputs[1])?.allSatisfy({ $0 == rest }) == true,
            let number = maker(node.inputs[0], .reshape)
        else { return nil }
        return number.inputs.first
    }

    private func isSuccessor(_ next: TensorIndex, of number: TensorIndex) -> Bool {
        guard let sum = maker(next, .add), sum.inputs.count == 2,
            let place = sum.inputs.firstIndex(of: number)
        else { return false }
        return constant(sum.inputs[1 - place]) == [1]
    }

    private func builtin(_ node: TFLiteOperator) -> BuiltinOperator {
        model[node.opcodeIndex].builtin
    }

    /// The operator that makes a tensor, if it is of this kind.
    private func maker(_ tensor: TensorIndex, _ kind: BuiltinOperator) -> TFLiteOperator? {
        guard let position = makers[tensor] else { return nil }
        let node = graph.operators[position]
        return builtin(node) == kind ? node : nil
    }

    /// The elements of a small constant of 32-bit integers.
    private func constant(_ tensor: TensorIndex) -> [Int32]? {
        guard !tensor.isAbsent, graph[tensor].type == .int32,
            let source = model.source(of: graph[tensor]),
            let bytes = source.contiguousBytes, bytes.count <= 64, bytes.count % 4 == 0
        else { return nil }
        return (0..<bytes.count / 4).map {
            Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self))
        }
    }

    /// Removes the makers of these tensors if nothing else reads them, and what only they read.
    private static func removeMakers(of tensors: Set<TensorIndex>, from graph: inout TFLiteSubgraph)
    {
        var candidates = tensors
        for position in graph.operators.indices.reversed() {
            let node = graph.operators[position]
            guard candidates.isSuperset(of: node.outputs) else { continue }
            let others = graph.operators.enumerated().contains { other, reader in
                other != position && reader.inputs.contains(where: node.outputs.contains)
            }
            guard !others, !graph.outputs.contains(where: node.outputs.contains) else { continue }
            graph.operators.remove(at: position)
            candidates.formUnion(node.inputs)
        }
    }
}
