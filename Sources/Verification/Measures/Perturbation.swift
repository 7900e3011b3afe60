import Foundations
import Tensors

/// Moves floats by one unit in the last place, up or down at random.
struct Perturbation {
    private var generator: SplitMix64

    /// The same movements for the same seed.
    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// The tensor with other last bits; zeros, numbers that are not finite and other types than `float32` stay.
    ///
    /// - Parameter keepsWhole: whether whole numbers stay, which can be indices or pixels and are exact in an input.
    mutating func perturbed(_ tensor: Tensor, keepsWhole: Bool = false) -> Tensor {
        guard tensor.dtype == .float32 else { return tensor }
        let values = tensor.array(of: Float.self).map { value in
            guard value.isNormal, !(keepsWhole && value.rounded() == value) else { return value }
            return generator.next() & 1 == 0 ? value.nextUp : value.nextDown
        }
        return Tensor(values, tensor.shape)
    }
}
