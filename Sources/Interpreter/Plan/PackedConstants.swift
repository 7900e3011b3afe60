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
    private let expectsManyRuns: Bool
    private let packed = Locked(Packed())

    private struct Packed {
        var matrices: [Key: PackedMatrices] = [:]
    }

    /// Nothing yet.
    ///
    /// - Parameters:
    ///   - isKept: whether packed weights are kept for the next run.
    ///   - expectsManyRuns: whether weights are packed, too, if that saves little in each run.
    init(isKept: Bool, expectsManyRuns: Bool) {
        self.isKept = isKept
        self.expectsManyRuns = expectsManyRuns
    }

    /// The packed forms of a constant; nil if they are not to be kept.
    func packed(subgraph: Int, tensor: TensorIndex) -> PackedMatrices? {
        guard isKept else { return nil }
        return packed.withLock { packed in
            let key = Key(subgraph: subgraph, tensor: tensor)
            if let known = packed.matrices[key] { return known }
            let made = PackedMatrices(expectsManyProducts: expectsManyRuns)
            packed.matrices[key] = made
            return made
        }
    }
}
