import Foundations
import Kernels
import TFLiteFormat
import Tensors

/// What has been packed of the constants of a model, kept for all its plans, or nothing.
final class PackedConstants: Sendable {
    private struct Key: Hashable {
        let subgraph: Int
        let tensor: TensorIndex
    }

    private let isKept: Bool
    private let packed = Locked(Packed())

    private struct Packed {
        var matrices: [Key: PackedMatrices] = [:]
    }

    /// - Parameter isKept: whether packed weights are kept for the next run.
    init(isKept: Bool) {
        self.isKept = isKept
    }

    /// The packed forms of a constant; nil if they are not to be kept.
    func packed(subgraph: Int, tensor: TensorIndex) -> PackedMatrices? {
        guard isKept else { return nil }
        return packed.withLock { packed in
            let key = Key(subgraph: subgraph, tensor: tensor)
            if let known = packed.matrices[key] { return known }
            let made = PackedMatrices()
            packed.matrices[key] = made
            return made
        }
    }
}
