import GraphIR

/// Products and sums with constants at the start of a model: (x − mean) / deviation.
///
/// `Rescaling` and `Normalization` are such layers.
struct LeadingNormalization {
    /// By channel, or one number for all.
    private(set) var mean: [Double]
    private(set) var deviation: [Double]

    /// What happens to an input before anything else; nil if nothing does or other axes than the last have numbers of their own.
    init?(of input: ValueID, in graph: Graph) {
        var (value, factors, offsets) = (input, [1.0], [0.0])
        while let node = graph.soleUser(of: value),
            case .binary(let operation) = node.op, operation.activation == .none,
            let position = node.inputs.firstIndex(of: value),
            let operand = Self.numbers(node.inputs[1 - position], in: graph)
        {
            switch (operation.kind, position) {
            case (.add, _): offsets = Self.combine(offsets, operand, +)
            case (.subtract, 0): offsets = Self.combine(offsets, operand, -)
            case (.multiply, _):
                factors = Self.combine(factors, operand, *)
                offsets = Self.combine(offsets, operand, *)
            case (.divide, 0):
                factors = Self.combine(factors, operand, /)
                offsets = Self.combine(offsets, operand, /)
            default: return nil
            }
            value = node.output
        }
        guard value != input, factors.allSatisfy({ $0 != 0 && $0.isFinite }) else { return nil }
        mean = Self.combine(offsets, factors) { 0 - $0 / $1 }
        deviation = factors.map { 1 / $0 }
    }

    /// The numbers of a constant along the last axis; nil for other constants.
    private static func numbers(_ id: ValueID, in graph: Graph) -> [Double]? {
        guard let constant = graph.constant(id) else { return nil }
        let count = constant.shape.elementCount
        guard count == 1 || count == constant.shape.dims.last, count <= 1024 else { return nil }
        return constant.doubles()
    }

    /// Pairs of numbers, of which one list may have one number for all.
    private static func combine(
        _ a: [Double], _ b: [Double], _ operation: (Double, Double) -> Double
    ) -> [Double] {
        (0..<max(a.count, b.count)).map {
            operation(a[a.count == 1 ? 0 : $0], b[b.count == 1 ? 0 : $0])
        }
    }
}
