import Foundations

/// The memory of a tensor: aligned to 64 bytes, freed with its last user.
package final class TensorStorage: @unchecked Sendable {
    /// The first byte.
    ///
    /// Writing is for the maker of the tensor, before it is shared.
    package let start: UnsafeMutableRawPointer

    /// The number of bytes.
    package let byteCount: Int

    /// The bytes, under the same rule as `start`.
    package var mutableBytes: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }

    /// What holds the memory if it is a part of something.
    private let whole: TensorStorage?

    /// Whether the memory belongs to someone else.
    private let isBorrowed: Bool

    /// Whether the memory is pages of its own, which the system hands out as zeros only when they are touched.
    private let isMapped: Bool

    private static let mappedFrom = 1 << 18

    /// What the memory was drawn from.
    private var budget: ResourceBudget?

    /// The size from which memory counts.
    private static let countedFrom = 1 << 16

    /// Zeroed memory of `byteCount` bytes.
    package init(byteCount: Int) {
        whole = nil
        isBorrowed = false
        self.byteCount = byteCount
        if byteCount >= Self.mappedFrom,
            let pages = mmap(
                nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
            pages != MAP_FAILED
        {
            start = pages
            isMapped = true
        } else {
            start = .allocate(byteCount: byteCount, alignment: 64)
            start.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
            isMapped = false
        }
    }

    /// Uninitialized memory of `byteCount` bytes; the caller must write every byte.
    ///
    /// Large blocks come from the allocator, which keeps their pages for the next block if it can.
    package init(uninitializedByteCount byteCount: Int) {
        whole = nil
        isBorrowed = false
        self.byteCount = byteCount
        start = .allocate(byteCount: byteCount, alignment: 64)
        isMapped = false
    }

    /// The first bytes of other memory, or nil if that is smaller, with their present content.
    package init?(first byteCount: Int, of whole: TensorStorage) {
        guard byteCount <= whole.byteCount else { return nil }
        start = whole.start
        self.byteCount = byteCount
        self.whole = whole
        isBorrowed = true
        isMapped = false
    }

    /// Memory of someone else, which has to stay as long as this is used; it is not freed.
    package init(borrowing start: UnsafeMutableRawPointer, byteCount: Int) {
        whole = nil
        self.start = start
        self.byteCount = byteCount
        isBorrowed = true
        isMapped = false
    }

    /// The memory that this is a part of, or this itself.
    package var root: TensorStorage { whole ?? self }

    /// Zeroed memory that is drawn from the current budget until it is freed.
    ///
    /// - Parameter what: what the memory is for, in words.
    /// - Throws: `Problem.Kind.overBudget`.
    package static func drawn(
        byteCount: Int, for what: @autoclosure () -> String
    ) throws -> TensorStorage {
        guard byteCount >= countedFrom else { return TensorStorage(byteCount: byteCount) }
        let budget = ResourceBudget.current
        try budget.hold(byteCount, for: what())
        let storage = TensorStorage(byteCount: byteCount)
        storage.budget = budget
        return storage
    }

    deinit {
        budget?.release(byteCount)
        if isBorrowed { return }
        if isMapped {
            munmap(start, byteCount)
        } else {
            start.deallocate()
        }
    }
}
