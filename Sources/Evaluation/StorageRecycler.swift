import Tensors

/// Memory of values that are no longer needed, for later ones.
///
/// New memory costs more than most operations, because the system has to find and clear its pages.
final class StorageRecycler {
    /// What is free, from the smallest to the largest.
    private var free: [TensorStorage] = []
    private var byteCount = 0

    /// The most bytes that wait for their next use.
    private static let limit = 1 << 28

    /// Memory of `byteCount` bytes with any content, drawn from the current budget.
    ///
    /// - Parameter what: what the memory is for.
    func take(_ byteCount: Int, for what: @autoclosure () -> String) throws -> TensorStorage {
        if let index = free.firstIndex(where: { $0.mutableBytes.count >= byteCount }),
            let storage = TensorStorage(first: byteCount, of: free[index])
        {
            self.byteCount -= free.remove(at: index).mutableBytes.count
            return storage
        }
        return try .drawn(byteCount: byteCount, for: what())
    }

    /// Keeps the memory of a value that no one else holds.
    func give(_ tensor: consuming Tensor) {
        var storage = tensor.storage
        _ = consume tensor
        guard isKnownUniquelyReferenced(&storage) else { return }
        let whole = storage.root
        let size = whole.mutableBytes.count
        guard size > 0, byteCount + size <= Self.limit else { return }
        byteCount += size
        let index = free.firstIndex { $0.mutableBytes.count >= size } ?? free.count
        free.insert(whole, at: index)
    }
}
