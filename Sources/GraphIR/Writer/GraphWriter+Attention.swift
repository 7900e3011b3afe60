import Problems
import Tensors

/// What attention computes from queries, keys and values that are already projected.
extension GraphWriter {
    /// The scores after the mask and the softmax over the keys.
    ///
    /// - Parameters:
    ///   - scores: `[…, T, S]`.
    ///   - mask: broadcasts to the scores; keys count if it is true.
    ///   - clears: whether a query that no key is left for gets zeros, not equal weights.
    package func attentionWeights(
        _ scores: ValueID, mask: ValueID?, clears: Bool = false
    ) throws -> ValueID {
        guard let mask else { return try softmax(scores, axis: shape(of: scores).rank - 1) }
        let masked = try excluding(scores, unless: mask)
        let weights = try softmax(masked, axis: shape(of: scores).rank - 1)
        return clears ? try cleared(weights, unless: mask) : weights
    }

    /// x − 10⁹ where a mask does not hold, as Keras excludes elements from a softmax.
    package func excluding(_ x: ValueID, unless mask: ValueID) throws -> ValueID {
        let penalty = try select(truth(mask), scalar(0, like: x), scalar(-1e9, like: x))
        return try add(x, penalty)
    }

    /// x with zeros where a mask does not hold.
    package func cleared(_ x: ValueID, unless mask: ValueID) throws -> ValueID {
        try select(truth(mask), x, scalar(0, like: x))
    }

    /// `[1, T, S]`: whether a key is at most `behind` positions before a query and at most `ahead` after it, by the extents
    /// of two axes; nil for any number.
    package func positionMask(
        queries: (value: ValueID, axis: Int), keys: (value: ValueID, axis: Int),
        behind: Int? = nil, ahead: Int? = nil
    ) throws -> ValueID {
        let rows = try shape(of: queries.value).checkedAxis(queries.axis)
        let columns = try shape(of: keys.value).checkedAxis(keys.axis)
        let counts = (shape(of: queries.value)[rows], shape(of: keys.value)[columns])
        guard counts.0 == Shape.free || counts.1 == Shape.free else {
            return try constantMask(queries: counts.0, keys: counts.1) { distance in
                distance <= ahead ?? .max && -distance <= behind ?? .max
            }
        }
        let query = try reshape(
            add(.positions(Positions(axis: rows)), [queries.value]), [1, counts.0, 1])
        let key = try reshape(
            add(.positions(Positions(axis: columns)), [keys.value]), [1, 1, counts.1])
        let before = try ahead.map { try binary(.lessEqual, key, binary(.add, query, Double($0))) }
        let after = try behind.map {
            try binary(.lessEqual, query, binary(.add, key, Double($0)))
        }
        guard let mask = try bothMasks(before, after) else {
            throw Problem(.invalidShape("the mask has no bounds"))
        }
        return mask
    }

    /// `[1, T, S]`: where a condition on the position of a key less that of a query holds.
    private func constantMask(
        queries: Int, keys: Int, _ keeps: (Int) -> Bool
    ) throws -> ValueID {
        let count = try checkedProduct(queries, keys, "the mask")
        guard count < 1 << 26 else {
            throw Problem(.tooLarge(what: "the mask", value: "\(queries)×\(keys)"))
        }
        let flags = (0..<count).map { keeps($0 % keys - $0 / keys) ? 1.0 : 0.0 }
        let tensor = Tensor(dtype: .float64, shape: [1, queries, keys], copying: flags)
        return constant(Constant(tensor, as: .bool), role: "mask")
    }

    /// Both masks if there are two.
    package func bothMasks(_ a: ValueID?, _ b: ValueID?) throws -> ValueID? {
        guard let a, let b else { return a ?? b }
        return try binary(.logicalAnd, a, b)
    }
}
