import Kernels
import Tensors

extension OperatorPreparation {
    /// Constant integer weights around 0 that floats are multiplied with.
    func hybridWeights(
        channels: Int, axis: Int
    ) throws -> (weights: QuantizedWeights, elements: KnownElements) {
        let weights = try quantizedWeights(1, channels: channels, axis: axis)
        guard weights.operand.dtype == .int8, weights.zeroPoint == 0,
            let elements = weights.operand.known
        else { throw unsupported("weights that are not constant integers around 0") }
        return (weights, elements)
    }
}

extension KnownElements {
    /// The elements of a tensor of 8-bit integers.
    var bytePointer: UnsafePointer<Int8> { start.assumingMemoryBound(to: Int8.self) }
}
