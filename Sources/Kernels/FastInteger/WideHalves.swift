/// Integers of 16 bits as two of 8, with which the kernels for 8 bits multiply: x = 256 · high + (low + 128).
package struct WideHalves {
    /// The upper halves, around 0.
    let high: UnsafeMutablePointer<Int8>
    /// The lower halves, around `zeroPoint`.
    let low: UnsafeMutablePointer<Int8>

    /// What stands for 0 in the lower halves.
    static let zeroPoint: Int32 = -128
    /// The products with 8-bit weights that fit into a sum of 32 bits.
    package static let depthLimit = 1 << 16

    /// Calls `body` with the halves of some integers.
    static func with(
        _ integers: UnsafePointer<Int16>, count: Int, _ body: (WideHalves) -> Void
    ) {
        let memory = UnsafeMutablePointer<Int8>.allocate(capacity: max(2 * count, 1))
        defer { memory.deallocate() }
        let halves = WideHalves(high: memory, low: memory + count)
        for index in 0..<count {
            let integer = integers[index]
            halves.high[index] = Int8(truncatingIfNeeded: integer >> 8)
            halves.low[index] = Int8(truncatingIfNeeded: integer & 255 &- 128)
        }
        body(halves)
    }

    /// The sum of products from those of both halves.
    @inline(__always)
    static func sum(_ high: Int32, _ low: Int32) -> Int64 { Int64(high) << 8 &+ Int64(low) }
}
