import GraphIR
import TFLiteFormat
import Tensors

extension Target {
    /// Whether the operator of a node takes its operands as they are stored: all real numbers as integers, or real numbers
    /// and stored weights, or real numbers alone.
    package func takesStorages(of node: Node, in graph: Graph) -> Bool {
        if case .changeStorage = node.op { return true }
        if case .shapeOf = node.op { return true }
        let operands = node.inputs + node.outputs
        let real = operands.filter { graph[$0].dtype == .float32 }
        guard real.contains(where: { graph[$0].storage != .expressed }) else { return true }
        guard let builtin = node.op.builtin, let limits = self[builtin] else { return false }
        let weights = Self.weights(of: node, in: graph)
        let cells = Self.cells(of: node)
        let activations = real.filter { !weights.contains($0) && !cells.contains($0) }
        if activations.allSatisfy({ graph[$0].storage == .expressed }) {
            return weights.allSatisfy { isTaken(graph[$0], by: node, in: graph) }
        }
        return activations.allSatisfy {
            graph[$0].storage.dtype.map(limits.integers.contains) ?? false
        } && Set(activations.map { graph[$0].storage.dtype }).count == 1
            && weights.allSatisfy { graph[$0].storage.dtype?.isInteger == true }
    }

    /// The weights that the operator of a node takes as they are stored beside real numbers; empty if not all.
    package func storedWeights(of node: Node, in graph: Graph) -> [ValueID] {
        let weights = Self.weights(of: node, in: graph)
        return weights.allSatisfy { isTaken(graph[$0], by: node, in: graph) } ? weights : []
    }

    /// Whether a kernel multiplies real numbers by a weight as it is stored, or picks real numbers from it.
    private func isTaken(_ weight: Value, by node: Node, in graph: Graph) -> Bool {
        switch weight.storage {
        case .expressed: return true
        case .float16: return Self.cutsWeights(node.op)
        case .integer:
            if Self.cutsWeights(node.op) { return true }
            guard let builtin = hybridBuiltin(of: node, in: graph), let limits = self[builtin],
                let type = TFLiteTensorType(weight.storage)
            else { return false }
            return limits.hybridWeights.contains(type)
        }
    }

    /// The operator that computes real numbers with stored weights.
    private func hybridBuiltin(of node: Node, in graph: Graph) -> BuiltinOperator? {
        guard case .gather(let gather) = node.op else { return node.op.builtin }
        return gather.picksRows(for: graph.types(of: node.inputs)) ? .embeddingLookup : nil
    }

    /// Whether weights are cut into those of gates before numbers are made of them.
    private static func cutsWeights(_ op: Op) -> Bool {
        if case .lstm = op { true } else { false }
    }

    /// This target as one that computes with real numbers only where weights are stored.
    package var withoutHybridKernels: Target {
        var changed = operators.mapValues { $0.with(\.hybridWeights, []) }
        // What is picked from a table becomes real numbers first.
        changed[.embeddingLookup] = operators[.embeddingLookup]
        return replacingOperators(changed)
    }

    /// This target without operators that have no integer form, or one that not all kernels compute rightly, if others compute
    /// the same: negation, the square, sums and repetitions of real numbers.
    package var forIntegers: Target {
        var kept = operators.filter { ![.neg, .square, .tile].contains($0.key) }
        kept[.sum] = operators[.sum].map { limits in
            limits.with(\.dtypes, limits.dtypes?.filter { $0 != .float32 } ?? [.int32, .int64])
        }
        return replacingOperators(kept)
    }

    /// Whether FILL writes small integers of a type.
    package func fills(_ dtype: DType) -> Bool {
        guard runs(.fill, version: 3) else { return false }
        return self[.fill]?.results?.contains(dtype) ?? true
    }

    /// Whether the target has an operator that sets the cell of a recurrent operator of integers, which has 16 bits.
    package var setsIntegerCells: Bool { fills(.int16) || runs(.slice, version: 4) }

    /// What a recurrent operation keeps beside its output, in a storage that its operator prescribes.
    private static func cells(of node: Node) -> [ValueID] {
        node.op.payload.quantizationRule == .recurrent ? Array(node.outputs.dropFirst()) : []
    }

    /// The constants by which a node multiplies, and their bias.
    private static func weights(of node: Node, in graph: Graph) -> [ValueID] {
        let positions: [Int]
        switch graph.linearity(of: node) {
        case .filter: positions = [1, 2]
        case .bilinear, .linear, .homogeneous, .sum, .selection, .joining, .mean, .extremum,
            .elementwise,
            .opaque:
            positions = products(of: node.op)
        }
        return positions.filter { $0 < node.inputs.count }.map { node.inputs[$0] }
            .filter { graph.isConstant($0) }
    }

    private static func products(of op: Op) -> [Int] {
        if case .lstm = op { return [1, 2, 3] }
        if case .simpleRNN = op { return [1, 2, 3] }
        if case .batchMatMul = op { return [1] }
        if case .gather = op { return [0] }
        return []
    }
}
