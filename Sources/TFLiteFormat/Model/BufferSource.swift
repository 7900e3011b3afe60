import Tensors

/// Bytes of a buffer that are made while the file is written, or that lie in memory already.
///
/// A writer asks for ranges, from several threads at once and in any order, and for each byte once.
package protocol BufferSource: Sendable {
    /// The size of the whole.
    var byteCount: Int { get }

    /// The size of the smallest piece that can be made on its own, such as a row; at least 1.
    ///
    /// Ranges start at multiples of it and end at one or at the end. A writer needs memory for a piece.
    var granularity: Int { get }

    /// The whole as it lies in memory; nil if it has to be made.
    ///
    /// The memory stays as long as this source does. It has no particular alignment.
    var contiguousBytes: UnsafeRawBufferPointer? { get }

    /// Makes `target.count` bytes from `byteOffset` on.
    ///
    /// `target` is aligned as its offset is, up to 16.
    func fill(_ target: UnsafeMutableRawBufferPointer, from byteOffset: Int) throws
}

extension BufferSource {
    package var granularity: Int { 1 }
    package var contiguousBytes: UnsafeRawBufferPointer? { nil }

    /// A copy of all bytes.
    package func bytes() throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: byteCount) { target, count in
            let whole = UnsafeMutableRawBufferPointer(
                rebasing: UnsafeMutableRawBufferPointer(target)[..<byteCount])
            try fill(whole, from: 0)
            count = byteCount
        }
    }
}

/// The bytes of a buffer of a model.
package struct TFLiteBuffer: Sendable {
    /// The bytes; nil for the buffer of tensors that are computed, which is not the same as no bytes.
    package var source: (any BufferSource)?

    /// A buffer without data.
    package init() {}

    /// A buffer whose bytes come from `source`.
    package init(_ source: any BufferSource) {
        self.source = source
    }

    /// Calls `body` with the bytes where they lie in memory; nil if there are none or they have to be made.
    package func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result? {
        guard let source, let bytes = source.contiguousBytes else { return nil }
        return try withExtendedLifetime(source) { try body(bytes) }
    }

    /// A buffer with these bytes.
    package init(_ bytes: [UInt8]) {
        source = ByteArraySource(bytes)
    }
}

/// Bytes of an array.
package struct ByteArraySource: BufferSource {
    private let array: [UInt8]

    package init(_ bytes: [UInt8]) {
        array = bytes
    }

    package var byteCount: Int { array.count }

    package func fill(_ target: UnsafeMutableRawBufferPointer, from byteOffset: Int) {
        target.copyBytes(from: array[byteOffset..<byteOffset + target.count])
    }
}

/// A region of memory that an object keeps alive: part of a mapped file, the storage of a tensor.
package struct MemorySource: BufferSource, @unchecked Sendable {
    private let region: UnsafeRawBufferPointer
    private let owner: AnyObject

    /// The region `bytes`, which must stay and not change while `owner` lives.
    package init(_ bytes: UnsafeRawBufferPointer, owner: AnyObject) {
        region = bytes
        self.owner = owner
    }

    package var byteCount: Int { region.count }
    package var contiguousBytes: UnsafeRawBufferPointer? { region }

    package func fill(_ target: UnsafeMutableRawBufferPointer, from byteOffset: Int) {
        let part = region[byteOffset..<byteOffset + target.count]
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
    }
}

/// A stored constant is made row by row.
extension StoredConstant: BufferSource {
    package var granularity: Int { Swift.max(unitByteCount, 1) }

    package func fill(_ target: UnsafeMutableRawBufferPointer, from byteOffset: Int) {
        fill(target, fromUnit: byteOffset / granularity)
    }
}

/// A constant is made row by row.
extension Constant: BufferSource {
    package var granularity: Int { Swift.max(rowByteCount, 1) }

    package func fill(_ target: UnsafeMutableRawBufferPointer, from byteOffset: Int) {
        fill(target, fromRow: byteOffset / granularity)
    }
}
