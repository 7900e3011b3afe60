import Kernels
import Tensors

/// What has been packed of the constants of a model, kept for all its plans.
final class WeightStore: Sendable {
    private struct Key: Hashable {
        let subgraph: Int
        let tensor: Int
    }

    private let packed = Locked<[Key: PackedMatrices]>([:])

    /// The packed forms of a constant.
    func packed(subgraph: Int, tensor: Int) -> PackedMatrices {
        packed.withLock { packed in
            let key = Key(subgraph: subgraph, tensor: tensor)
            if let known = packed[key] { return known }
            let made = PackedMatrices()
            packed[key] = made
            return made
        }
    }
}
