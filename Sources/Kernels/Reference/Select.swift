extension ReferenceKernels {
    /// `condition ? a : b` over the broadcast of (condition, a, b), for elements of any size.
    package static func select(
        _ loop: BroadcastLoop, elementSize: Int, condition: UnsafePointer<UInt8>,
        a: UnsafeRawPointer, b: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let strides = (loop.runStride(0), loop.runStride(1), loop.runStride(2))
        loop.forEachRun { first, offsets in
            for index in 0..<loop.runLength {
                let source =
                    condition[offsets[0] + index * strides.0] != 0
                    ? a + (offsets[1] + index * strides.1) * elementSize
                    : b + (offsets[2] + index * strides.2) * elementSize
                (output + (first + index) * elementSize)
                    .copyMemory(from: source, byteCount: elementSize)
            }
        }
    }
}
