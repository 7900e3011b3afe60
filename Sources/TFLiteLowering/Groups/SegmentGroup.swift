import GraphIR
import TFLiteFormat
import Tensors

extension Graph {
    /// Reductions of rows with equal constant numbers, as UNSORTED_SEGMENT operators.
    ///
    ///     x [N, …] ─ Select(mask [K, N, 1…], x, neutral) ─ Sum(axis 1)        UNSORTED_SEGMENT_SUM(x, numbers [N], K)
    ///
    /// A row belongs to one result at most. The selected values have no other use.
    func segmentGroup(_ node: Node) -> OperatorGroup? {
        guard case .reduce(let reduce) = node.op, reduce.axes == [1], !reduce.keepDimensions,
            let segments = reduce.kind.segments, let parts = soleProducer(of: node.inputs[0]),
            case .select = parts.op, let mask = constant(parts.inputs[0]),
            constant(parts.inputs[2])?.scalarValue == segments.neutral
        else { return nil }
        let (x, shape) = (parts.inputs[1], self[parts.inputs[1]].shape)
        let (results, rows) = (self[node.output].shape[0], shape.rank > 0 ? shape[0] : 0)
        guard self[x].dtype == .float32, constant(x) == nil, shape.isStatic,
            mask.shape.dims == [results, rows] + [Int](repeating: 1, count: shape.rank - 1),
            self[node.output].shape.dims == [results] + shape.dims.dropFirst()
        else { return nil }
        let flags = mask.doubles()
        let owners = (0..<rows).map { row in (0..<results).filter { flags[$0 * rows + row] != 0 } }
        guard owners.allSatisfy({ $0.count <= 1 }) else { return nil }
        return OperatorGroup(
            members: [parts.id, node.id], builtin: segments.builtin,
            inputs: [
                .value(x), .integers(owners.map { $0.first ?? -1 }, role: "segments"),
                .integer(results, role: "count"),
            ], outputs: [node.output])
    }
}

extension Reduce.Kind {
    /// The operator that reduces segments, and what it gives for none.
    fileprivate var segments: (builtin: BuiltinOperator, neutral: Double)? {
        let largest = Double(Float.greatestFiniteMagnitude)
        return switch self {
        case .sum: (.unsortedSegmentSum, 0)
        case .product: (.unsortedSegmentProd, 1)
        case .max: (.unsortedSegmentMax, -largest)
        case .min: (.unsortedSegmentMin, largest)
        case .mean, .any, .all: nil
        }
    }
}
