import GraphIR
import Tensors

/// What an operator of a target takes; nil stands for no limit.
package struct OperatorLimits: Sendable {
    /// The element types of the operand that the operator computes with.
    package var dtypes: [DType]?
    /// The position of that operand.
    package var operand = 0
    /// The highest rank of that operand.
    package var rank: Int?
    /// The highest rank of operands of different shapes; beyond, runtimes abort or return wrong results.
    package var broadcastRank: Int?
    /// The most inputs that the fastest kernel takes; the operator runs with more, but slower.
    package var inputs: Int?
    /// The most axes that one operator works along.
    package var axes: Int?
    /// Whether SAME padding is right if a stride exceeds the window.
    package var padsWideStrides = true
    /// Whether the operator takes a slope of 0.
    package var takesZeroSlope = true
    /// Whether the operator knows its output extents from its inputs if the batch is free.
    package var infersFreeBatch = true
    /// The functions of a recurrent cell.
    package var cellActivations: [CellActivation]?

    package init(
        _ dtypes: [DType]? = nil, operand: Int = 0, rank: Int? = nil, broadcastRank: Int? = nil,
        inputs: Int? = nil, axes: Int? = nil
    ) {
        self.dtypes = dtypes
        self.operand = operand
        self.rank = rank
        self.broadcastRank = broadcastRank
        self.inputs = inputs
        self.axes = axes
    }

    /// These limits with one changed.
    package func with<Value>(
        _ limit: WritableKeyPath<OperatorLimits, Value>, _ value: Value
    ) -> OperatorLimits {
        var limits = self
        limits[keyPath: limit] = value
        return limits
    }
}
