import GraphIR
import Problems
import Tensors

/// What layers make of category indices.
enum CategoryOutput: String, Sendable, CaseIterable {
    case int, count
    case oneHot = "one_hot"
    case multiHot = "multi_hot"

    /// The indices in this form.
    ///
    /// One-hot vectors take the place of a last axis of extent 1; the other two forms gather the first axis
    /// after the batch.
    func encode(
        _ indices: ValueID, depth: Int, weights: ValueID? = nil, in builder: GraphBuilder
    ) throws -> ValueID {
        if self == .int { return indices }
        var x = try builder.cast(indices, to: .int32)
        var rank = builder.shape(of: x).rank
        if self == .oneHot, rank > 1, builder.shape(of: x)[-1] == 1 {
            x = try builder.squeezeDimension(x, at: rank - 1)
            rank -= 1
        }
        var hot = try builder.add(.oneHot(OneHot(depth: depth)), [x])
        if self == .oneHot || rank == 0 { return hot }
        if let weights {
            hot = try builder.multiply(hot, builder.expandDimension(weights, at: rank))
        }
        return try builder.reduce(self == .count ? .sum : .max, hot, axes: [rank > 1 ? 1 : 0])
    }
}
