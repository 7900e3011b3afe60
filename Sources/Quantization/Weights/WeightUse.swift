import GraphIR
import Tensors

/// A constant by which a node multiplies, or from which it picks, and what may have a scale of its own.
struct WeightUse {
    /// The constant.
    let value: ValueID
    /// How its scales are laid out.
    let scales: Scales

    /// Which elements share a scale.
    enum Scales: Equatable {
        /// Each slice along an axis has one.
        case axis(Int)
        /// Each of this number of equal groups of rows has one.
        case rowGroups(Int)
        /// All elements share one.
        case tensor
    }

    /// The weights of a node; empty if it has none that can be stored as integers.
    ///
    /// A bias is not a weight.
    static func uses(of node: Node, in graph: Graph) -> [WeightUse] {
        let found: [(position: Int, scales: Scales)] =
            switch graph.linearity(of: node) {
            case .filter(let axes): [(1, .axis(axes.output))]
            case .selection: [(0, .tensor)]
            case .bilinear, .linear, .sum, .joining, .mean, .extremum, .elementwise, .opaque:
                products(of: node)
            }
        return found.filter { $0.position < node.inputs.count }.compactMap { position, scales in
            let id = node.inputs[position]
            guard graph.isConstant(id), graph[id].dtype == .float32, !graph.isOutput(id) else {
                return nil
            }
            return WeightUse(value: id, scales: scales)
        }
    }

    private static func products(of node: Node) -> [(position: Int, scales: Scales)] {
        if case .lstm = node.op { return [(1, .rowGroups(4)), (2, .rowGroups(4))] }
        if case .simpleRNN = node.op { return [(1, .tensor), (2, .tensor)] }
        if case .batchMatMul = node.op { return [(1, .tensor)] }
        return []
    }
}

extension WeightUse {
    /// Symmetric integers of `bits` bits for a constant: the greatest magnitude of a slice becomes the greatest integer.
    ///
    /// Nil if a weight is infinite.
    static func storage(of constant: Constant, _ scales: Scales, bits: Int) -> Storage? {
        let greatest = Double(1 << (bits - 1) - 1)
        var magnitudes: [Double]
        var axis: Int?
        switch scales {
        case .axis(let own):
            axis = own
            magnitudes = constant.extremes(along: own).map { max(-$0.low, $0.high) }
        case .rowGroups(let count):
            axis = 0
            let rows = constant.extremes(along: 0).map { max(-$0.low, $0.high) }
            let size = rows.count / count
            magnitudes = rows.indices.map { row in
                rows[row / size * size..<(row / size + 1) * size].max() ?? 0
            }
        case .tensor:
            magnitudes = constant.extremes().map { max(-$0.low, $0.high) }
        }
        guard magnitudes.allSatisfy(\.isFinite) else { return nil }
        let steps = magnitudes.map {
            $0 == 0 ? 1 : max(Float($0 / greatest), .leastNormalMagnitude)
        }
        let parameters =
            axis.map {
                QuantizationParameters(
                    scales: steps, zeroPoints: [Int](repeating: 0, count: steps.count), axis: $0)
            } ?? QuantizationParameters(scale: steps[0])
        return .integer(bits: bits, isSigned: true, parameters)
    }
}
