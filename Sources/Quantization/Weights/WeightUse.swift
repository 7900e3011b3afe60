import GraphIR
import Tensors

/// A constant by which a node multiplies, or from which it picks, and what may have a scale of its own.
struct WeightUse {
    /// The constant.
    let value: ValueID
    /// How its scales are laid out.
    let scales: Scales
    /// Whether runtimes compute with 4-bit integers there.
    var takesFourBits = false

    /// Which elements share a scale.
    enum Scales: Equatable {
        /// Each slice along an axis has one.
        case axis(Int)
        /// Each of this number of equal groups of rows has one.
        case rowGroups(Int)
        /// All elements share one.
        case tensor
        /// Each run of this many elements of a row has one.
        case blocks(Int)
    }

    /// The weights of a node; empty if it has none that can be stored as integers.
    ///
    /// A bias is not a weight.
    static func uses(of node: Node, in graph: Graph) -> [WeightUse] {
        let found: [(position: Int, scales: Scales)] =
            switch graph.linearity(of: node) {
            case .filter(let axes): [(1, .axis(axes.output))]
            case .selection: [(0, .tensor)]
            case .bilinear, .linear, .homogeneous, .sum, .joining, .mean, .extremum, .elementwise,
                .opaque:
                products(of: node)
            }
        return found.filter { $0.position < node.inputs.count }.compactMap { position, scales in
            let id = node.inputs[position]
            guard graph.isConstant(id), graph[id].dtype == .float32, !graph.isOutput(id) else {
                return nil
            }
            return WeightUse(
                value: id, scales: scales, takesFourBits: takesFourBits(node, in: graph))
        }
    }

    private static func takesFourBits(_ node: Node, in graph: Graph) -> Bool {
        if case .fullyConnected = node.op { return true }
        if case .conv2D = node.op { return true }
        return TableLookup.fits(node, in: graph, bits: 4)
    }

    /// The same weights with the scales that integers of a width have.
    ///
    /// - Parameter blockLength: the elements of a row that share a scale, if their count is divisible by it.
    func narrowed(_ node: Node, in graph: Graph, blockLength: Int?) -> WeightUse {
        let shape = graph[value].shape
        var scales = scales
        if scales == .tensor { scales = .axis(0) }
        if let blockLength, shape.rank == 2, scales == .axis(0), shape[1] % blockLength == 0,
            !isConvolution(node)
        {
            scales = .blocks(blockLength)
        }
        return WeightUse(value: value, scales: scales, takesFourBits: true)
    }

    private func isConvolution(_ node: Node) -> Bool {
        if case .conv2D = node.op { true } else { false }
    }

    private static func products(of node: Node) -> [(position: Int, scales: Scales)] {
        if case .lstm = node.op { return [(1, .rowGroups(4)), (2, .rowGroups(4))] }
        if case .simpleRNN = node.op { return [(1, .tensor), (2, .tensor)] }
        if case .batchMatMul = node.op { return [(1, .tensor)] }
        return []
    }
}

extension WeightUse {
    /// Symmetric integers of `bits` bits for a constant: those that it has or that training rounded it to, else such that the
    /// greatest magnitude of a slice becomes the greatest integer.
    ///
    /// Nil if a weight is infinite.
    static func storage(of constant: Constant, _ scales: Scales, bits: Int) -> Storage? {
        if let storage = grid(of: constant, scales, bits: bits) { return storage }
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
        case .blocks(let length):
            return blocks(of: constant, length, bits: bits)
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

    /// A scale for each run of `length` elements of a row, as kernels read it: what an 8-bit mantissa and 16-bit floats hold.
    private static func blocks(of constant: Constant, _ length: Int, bits: Int) -> Storage? {
        let greatest = Double(1 << (bits - 1) - 1)
        let magnitudes = constant.extremes(ofRuns: length).map { max(-$0.low, $0.high) }
        // The delegate refuses scales that are not normal 16-bit floats.
        guard magnitudes.allSatisfy({ $0 < 60_000 * greatest }) else { return nil }
        let scales = magnitudes.map { magnitude in
            let step = Half.bfloat16(from: max(Float(magnitude / greatest), 0x1p-14))
            return Half.float(fromBFloat16: step)
        }
        return .integer(
            bits: bits, isSigned: true, QuantizationParameters(blockScales: scales, length: length))
    }

    /// The integers that a constant has or that training rounded it to; nil if there are none of this width.
    static func grid(of constant: Constant, _ scales: Scales, bits: Int) -> Storage? {
        guard let grid = constant.grid, grid.bits <= bits else { return nil }
        let axis: Int?
        switch scales {
        case .axis(let own): axis = own
        case .tensor: axis = nil
        case .rowGroups, .blocks: return nil
        }
        let limit = 127.5 * (grid.steps.min() ?? 0)
        let exceeds = grid.axes == nil && constant.extremes().contains { $0.low < -limit }
        guard let found = grid.storage(along: axis, of: constant.shape, exceeds: exceeds) else {
            return nil
        }
        let zeroPoints = [Int](repeating: 0, count: found.scales.count)
        return .integer(
            bits: bits, isSigned: true,
            found.axis.map {
                QuantizationParameters(scales: found.scales, zeroPoints: zeroPoints, axis: $0)
            } ?? QuantizationParameters(scale: found.scales[0]))
    }
}
