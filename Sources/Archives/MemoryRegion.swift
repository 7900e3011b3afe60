/// Bytes in memory with what keeps them there.
package struct MemoryRegion: @unchecked Sendable {
    /// The bytes; nobody writes to them.
    package let bytes: UnsafeRawBufferPointer
    /// The mapped file or memory that the bytes are in.
    package let owner: any AnyObject & Sendable

    package init(bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable) {
        self.bytes = bytes
        self.owner = owner
    }
}
