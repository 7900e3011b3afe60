/// A place for bytes, written in any order from several threads.
package protocol Output: Sendable {
    /// Writes `bytes` at `position`.
    func write(_ bytes: UnsafeRawBufferPointer, at position: Int) throws
}

/// Memory that takes the bytes of a file.
package struct OutputMemory: Output, @unchecked Sendable {
    private let target: UnsafeMutableRawBufferPointer

    package init(_ target: UnsafeMutableRawBufferPointer) {
        self.target = target
    }

    package func write(_ bytes: UnsafeRawBufferPointer, at position: Int) {
        let region = target[position..<position + bytes.count]
        UnsafeMutableRawBufferPointer(rebasing: region).copyMemory(from: bytes)
    }
}
