import GraphIR
import Targets
import TFLiteFormat
import Tensors

/// Merges neighbouring axes that an operation treats alike if it has more than its operator knows.
///
///     before   x[a, b, c, d, e, f, g] ─ Softmax ─ y
///     after    x ─ Reshape[a·b·c·d·e·f, g] ─ Softmax ─ Reshape ─ y
///
/// Requires that the runs of such axes are few enough. Exact.
struct MergeAxes: Expansion {
    let name = "merge-axes"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        let (source, result) = (graph[node.inputs[0]].type.shape, graph[node.output].type.shape)
        guard let merging = AxisMerging(node.op, from: source, to: result),
            let limit = target[merging.builtin]?.rank, source.rank > limit
        else { return nil }
        let axes = MergedAxes(rank: source.rank, key: merging.key)
        guard axes.groups.count <= limit else { return nil }
        let count = merging.mergesAllInputs ? node.inputs.count : 1
        return try GraphPatch(replacing: node, in: graph) { patch in
            let inputs = try node.inputs.prefix(count).map {
                try patch.reshape($0, to: axes.shape(graph[$0].shape), role: "merged")
            }
            let made = try patch.add(
                merging.merged(axes.groups), inputs + node.inputs.dropFirst(count), role: "result")
            return try patch.reshape(made, to: result, role: "reshape")
        }
    }
}

/// How the axes of an operation can be merged.
private struct AxisMerging {
    /// The operator whose limit counts.
    let builtin: BuiltinOperator
    /// Axes of the same key are treated alike.
    let key: (Int) -> Int?
    /// The operation on runs of axes.
    let merged: ([Range<Int>]) -> Op
    /// Whether all inputs have the axes, not the first one only.
    var mergesAllInputs = false

    /// The merging of an operation that takes tensors of any rank; nil for others.
    init?(_ op: Op, from source: Shape, to result: Shape) {
        let last = source.rank - 1
        if case .fullyConnected = op {
            self.init(.fullyConnected, { $0 == last ? 1 : 0 }) { _ in op }
        } else if case .softmax = op {
            self.init(.softmax, { $0 == last ? 1 : 0 }) { _ in op }
        } else if case .l2Normalization = op {
            self.init(.l2Normalization, { $0 == last ? 1 : 0 }) { _ in op }
        } else if case .reduce(let payload) = op {
            self.init(payload)
        } else if case .pad(let payload) = op {
            self.init(payload.value == 0 ? .pad : .padV2, payload.amounts) {
                Pad($0, value: payload.value).op
            }
        } else if case .mirrorPad(let payload) = op {
            self.init(.mirrorPad, payload.amounts) { MirrorPad($0, mode: payload.mode).op }
        } else if case .slice(let payload) = op {
            self.init(payload, from: source, to: result)
        } else if case .concatenate(let payload) = op {
            self.init(.concatenation, { $0 == payload.axis ? 1 : 0 }) { groups in
                Concatenate(axis: groups.firstIndex { $0.contains(payload.axis) } ?? 0).op
            }
            mergesAllInputs = true
        } else {
            return nil
        }
    }

    private init(
        _ builtin: BuiltinOperator, _ key: @escaping (Int) -> Int?,
        _ merged: @escaping ([Range<Int>]) -> Op
    ) {
        self.builtin = builtin
        self.key = key
        self.merged = merged
    }

    private init(
        _ builtin: BuiltinOperator, _ amounts: [PadAmount],
        _ padded: @escaping ([PadAmount]) -> Op
    ) {
        self.init(builtin, { amounts[$0] == .none ? -1 : $0 }) { groups in
            padded(groups.map { amounts[$0.lowerBound] })
        }
    }

    private init(_ reduce: Reduce) {
        self.init(reduce.kind.builtin, { reduce.axes.contains($0) ? 1 : 0 }) { groups in
            let axes = groups.indices.filter { reduce.axes.contains(groups[$0].lowerBound) }
            return Reduce(reduce.kind, axes: axes, keepDimensions: true).op
        }
    }

    private init(_ slice: Slice, from source: Shape, to result: Shape) {
        self.init(.slice, { slice.isWhole($0, of: source) ? -1 : $0 }) { groups in
            Slice(
                begin: groups.map { slice.begin[$0.lowerBound] },
                sizes: result.merging(groups).dims,
                strides: groups.map { slice.strides[$0.lowerBound] }
            ).op
        }
    }
}
