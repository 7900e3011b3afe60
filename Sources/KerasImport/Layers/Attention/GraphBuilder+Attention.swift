import GraphIR
import Problems
import Tensors

/// What attention computes from queries, keys and values that are already projected.
extension GraphBuilder {
    /// The scores after the mask and the softmax over the keys.
    ///
    /// - Parameters:
    ///   - scores: `[…, T, S]`.
    ///   - mask: broadcasts to the scores; keys count where it is true.
    ///   - clears: whether a query that no key is left for gets zeros, not equal weights.
    func attentionWeights(
        _ scores: ValueID, mask: ValueID?, clears: Bool = false
    ) throws -> ValueID {
        guard let mask else { return try softmax(scores, axis: shape(of: scores).rank - 1) }
        let kept = try cast(mask, to: .float32)
        let penalty = try binary(.multiply, binary(.subtract, kept, 1), 1e9)
        let masked = try add(scores, penalty)
        let weights = try softmax(masked, axis: shape(of: scores).rank - 1)
        return clears ? try multiply(weights, kept) : weights
    }

    /// `[1, T, S]`: whether a key is not later than a query, by their positions alone.
    func causalMask(queries: Int, keys: Int) throws -> ValueID {
        guard queries != Shape.free, keys != Shape.free else { throw Problem.unknownSpatialSize }
        let count = try product(queries, keys, "the causal mask")
        guard count < 1 << 26 else {
            throw Problem(.tooLarge(what: "the causal mask", value: "\(queries)×\(keys)"))
        }
        return try windowMask(queries: queries, keys: keys) { query, key in key <= query }
    }

    /// `[1, T, S]`: where a condition on the positions of query and key holds.
    func windowMask(
        queries: Int, keys: Int, _ keeps: (Int, Int) -> Bool
    ) throws -> ValueID {
        guard queries != Shape.free, keys != Shape.free else { throw Problem.unknownSpatialSize }
        let count = try product(queries, keys, "the mask")
        guard count < 1 << 26 else {
            throw Problem(.tooLarge(what: "the mask", value: "\(queries)×\(keys)"))
        }
        let flags = (0..<count).map { keeps($0 / keys, $0 % keys) ? 1.0 : 0.0 }
        let tensor = Tensor(dtype: .float64, shape: [1, queries, keys], copying: flags)
        return constant(Constant(tensor, as: .bool), role: "mask")
    }

    /// Both masks where there are two.
    func bothMasks(_ a: ValueID?, _ b: ValueID?) throws -> ValueID? {
        guard let a, let b else { return a ?? b }
        return try binary(.logicalAnd, a, b)
    }
}

extension CallContext {
    /// A truth value given by name or by position.
    func flag(_ name: String) -> Bool {
        if case .bool(true)? = keywords[name]?.json { true } else { false }
    }
}
