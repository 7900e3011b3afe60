extension ReferenceKernels {
    /// `condition ? a : b` over the broadcast of (condition, a, b), for elements of any size.
    package static func select(
        _ loop: BroadcastLoop, elementSize: Int, condition: UnsafePointer<UInt8>,
        a: UnsafeRawPointer, b: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        func run<Element: BitwiseCopyable>(_: Element.Type) {
            choose(
                loop, condition, a.assumingMemoryBound(to: Element.self),
                b.assumingMemoryBound(to: Element.self),
                output.assumingMemoryBound(to: Element.self))
        }
        switch elementSize {
        case 1: run(UInt8.self)
        case 2: run(UInt16.self)
        case 4: run(UInt32.self)
        case 8: run(UInt64.self)
        default: break
        }
    }

    private static func choose<Element: BitwiseCopyable>(
        _ loop: BroadcastLoop, _ condition: UnsafePointer<UInt8>, _ a: UnsafePointer<Element>,
        _ b: UnsafePointer<Element>, _ output: UnsafeMutablePointer<Element>
    ) {
        let strides = (loop.runStride(0), loop.runStride(1), loop.runStride(2))
        loop.forEachRun { first, offsets in
            let (condition, target) = (condition + offsets[0], output + first)
            let (a, b) = (a + offsets[1], b + offsets[2])
            for index in 0..<loop.runLength {
                target[index] =
                    condition[index * strides.0] != 0
                    ? a[index * strides.1] : b[index * strides.2]
            }
        }
    }
}
