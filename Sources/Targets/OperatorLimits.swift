import GraphIR
import TFLiteFormat
import Tensors

/// What an operator of a target takes; nil stands for no limit.
package struct OperatorLimits: Sendable {
    /// The element types of the operand that the operator computes with.
    package var dtypes: [DType]?
    /// The types of stored elements with which an integer kernel computes as with the real numbers that they stand for.
    package var integers: [DType] = []
    /// The types of stored weights by which a kernel multiplies real numbers that it rounds itself.
    package var hybridWeights: [TFLiteTensorType] = []
    /// The highest version, if it is not that of the target's release.
    package var version: Int?
    /// The position of that operand.
    package var operand = 0
    /// The highest rank of that operand.
    package var rank: Int?
    /// The highest rank of operands of different shapes; beyond, runtimes abort or return wrong results.
    package var broadcastRank: Int?
    /// The element types that the operator gives.
    package var results: [DType]?
    /// The most inputs.
    package var inputs: Int?
    /// The most inputs that the fastest kernel takes; the operator runs with more, but slower.
    package var fastInputs: Int?
    /// The most axes that one operator works along.
    package var axes: Int?
    /// Whether SAME padding is right if no window reaches the last elements.
    package var padsWideStrides = true
    /// Whether the operator takes a slope of 0.
    package var takesZeroSlope = true
    /// Whether the operator takes the rows that it multiplies from an input of any rank.
    package var flattensInput = false
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

    /// These limits with integer kernels for some types of stored elements.
    package func storing(_ integers: DType...) -> OperatorLimits { with(\.integers, integers) }

    /// These limits with kernels that multiply real numbers by stored weights.
    package func weighing(_ weights: TFLiteTensorType...) -> OperatorLimits {
        with(\.hybridWeights, weights)
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
