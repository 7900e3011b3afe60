import CKernels

extension FastKernels {
    /// The 8-bit integers nearest to `input / scale`, halves away from 0, plus the zero point.
    package static func quantize(
        count: Int, scale: Float, zeroPoint: Int32, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        Parallel.forEachPart(of: count, threads: threads, grain: 1 << 14) { part in
            kc_integer_quantize(
                part.count, input + part.lowerBound, scale, zeroPoint, output + part.lowerBound)
        }
    }
}
