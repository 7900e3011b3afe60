import Problems
import Tensors

/// Works on sequences `[batch, steps, …]` and their masks `[batch, steps]`.
extension GraphWriter {
    /// `[batch, steps, …]` as `[batch · steps, …]`.
    package func foldTime(_ x: ValueID) throws -> ValueID {
        let shape = shape(of: x)
        let isKnown = shape[0] != Shape.free && shape[1] != Shape.free
        let rows = isKnown ? Extent.known(try checkedProduct(shape[0], shape[1], "steps")) : .rest
        return try reshape(x, [rows] + extents(of: x).dropFirst(2))
    }

    /// `[batch · steps, …]` as `[batch, steps, …]` with the batch and the steps of a sequence.
    package func unfoldTime(_ x: ValueID, like sequence: ValueID) throws -> ValueID {
        try reshape(x, Array(extents(of: sequence).prefix(2)) + extents(of: x).dropFirst())
    }

    /// The last element along the second axis, which stays.
    package func lastStep(_ sequence: ValueID) throws -> ValueID {
        let steps = shape(of: sequence)[1]
        guard steps != Shape.free else {
            return try slice(reverseTime(sequence), axis: 1, from: 0, count: 1)
        }
        guard steps > 0 else { throw Problem(.invalidShape("the sequence has no steps")) }
        return steps == 1 ? sequence : try slice(sequence, axis: 1, from: steps - 1, count: 1)
    }

    /// The elements along the second axis in reverse order.
    package func reverseTime(_ x: ValueID) throws -> ValueID {
        try add(.reverse(Reverse(axes: [1])), [x])
    }

    /// Exchanges the first two axes.
    package func swapTime(_ x: ValueID) throws -> ValueID {
        try transpose(x, [1, 0] + Array(2..<shape(of: x).rank))
    }

    /// The masks of all steps `[batch · steps, …]`; nil if a mask only tells which steps count.
    package func maskWithinSteps(_ mask: ValueID?) throws -> ValueID? {
        guard let mask, shape(of: mask).rank > 2 else { return nil }
        return try foldTime(mask)
    }

    /// The mask of a sequence from that of all steps, or else from the one that came with it: a step counts if any part of
    /// it does.
    package func maskOfSteps(
        _ inner: ValueID?, given mask: ValueID?, like sequence: ValueID
    ) throws -> ValueID? {
        if let inner { return try unfoldTime(inner, like: sequence) }
        guard let mask, shape(of: mask).rank > 2 else { return mask }
        return try reduce(.any, mask, axes: Array(2..<shape(of: mask).rank))
    }
}
