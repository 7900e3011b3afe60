import Foundations

/// The memory of a tensor: aligned to 64 bytes, freed with its last user.
package final class TensorStorage: @unchecked Sendable {
    /// The bytes.
    ///
    /// Writing is for the maker of the tensor, before it is shared.
    package let mutableBytes: UnsafeMutableRawBufferPointer

    /// What holds the memory where it is a part of that.
    private let whole: TensorStorage?

    /// Whether the memory is pages of its own, which the system hands out as zeros only when they are touched.
    private let isMapped: Bool

    private static let mappedFrom = 1 << 18

    /// Zeroed memory of `byteCount` bytes.
    package init(byteCount: Int) {
        whole = nil
        if byteCount >= Self.mappedFrom,
            let pages = mmap(
                nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
            pages != MAP_FAILED
        {
            mutableBytes = UnsafeMutableRawBufferPointer(start: pages, count: byteCount)
            isMapped = true
        } else {
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
            memory.initializeMemory(as: UInt8.self, repeating: 0)
            mutableBytes = memory
            isMapped = false
        }
    }

    /// Memory of `byteCount` bytes with any content, for who writes all of it.
    ///
    /// Large blocks come from the allocator, which keeps their pages for the next block where it can.
    package init(uninitializedByteCount byteCount: Int) {
        whole = nil
        mutableBytes = .allocate(byteCount: byteCount, alignment: 64)
        isMapped = false
    }

    /// The first bytes of other memory, or nil where that is smaller, with their present content.
    package init?(first byteCount: Int, of whole: TensorStorage) {
        guard byteCount <= whole.mutableBytes.count else { return nil }
        mutableBytes = UnsafeMutableRawBufferPointer(
            rebasing: whole.mutableBytes[..<byteCount])
        self.whole = whole
        isMapped = false
    }

    /// The memory that this is a part of, or this itself.
    package var root: TensorStorage { whole ?? self }

    deinit {
        if whole != nil { return }
        if isMapped {
            munmap(mutableBytes.baseAddress, mutableBytes.count)
        } else {
            mutableBytes.deallocate()
        }
    }
}
