import TFLiteFormat

/// Bytes that a closure makes.
struct ClosureSource: BufferSource {
    let byteCount: Int
    let granularity: Int
    private let make: @Sendable (UnsafeMutableRawBufferPointer, Int) throws -> Void

    /// A source of `byteCount` bytes.
    ///
    /// `make` is `fill` of `BufferSource`.
    init(
        byteCount: Int, granularity: Int = 1,
        make: @escaping @Sendable (UnsafeMutableRawBufferPointer, Int) throws -> Void
    ) {
        self.byteCount = byteCount
        self.granularity = granularity
        self.make = make
    }

    func fill(_ target: UnsafeMutableRawBufferPointer, from byteOffset: Int) throws {
        try make(target, byteOffset)
    }
}
