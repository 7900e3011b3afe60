import Tensors

/// Memory of values that are no longer needed, for values of the same size.
///
/// New memory costs more than most operations, because the system has to find and clear its pages.
final class StorageRecycler {
    private var free: [Int: [TensorStorage]] = [:]
    private var byteCount = 0

    /// The most bytes that wait for their next use.
    private static let limit = 1 << 28

    /// Memory of `byteCount` bytes with any content.
    func take(_ byteCount: Int) -> TensorStorage {
        guard let storage = free[byteCount]?.popLast() else {
            return TensorStorage(byteCount: byteCount)
        }
        self.byteCount -= byteCount
        return storage
    }

    /// Keeps the memory of a value that no one else holds.
    func give(_ tensor: consuming Tensor) {
        var storage = tensor.storage
        _ = consume tensor
        let size = storage.mutableBytes.count
        guard isKnownUniquelyReferenced(&storage), byteCount + size <= Self.limit else { return }
        byteCount += size
        free[size, default: []].append(storage)
    }
}
