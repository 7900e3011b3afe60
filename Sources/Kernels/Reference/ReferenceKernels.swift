import Tensors

/// The kernels in their plainest form: each float result is computed in double and rounded once.
///
/// All tensors are dense and row-major, activations NHWC or NDHWC. Pointers reach as many elements as
/// the parameters say. Buffers do not overlap unless a kernel says so.
package enum ReferenceKernels {
    /// The inner product of two float vectors, summed in double.
    static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Double {
        var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
        var index = 0
        while index + 4 <= count {
            s0 += Double(a[index]) * Double(b[index])
            s1 += Double(a[index + 1]) * Double(b[index + 1])
            s2 += Double(a[index + 2]) * Double(b[index + 2])
            s3 += Double(a[index + 3]) * Double(b[index + 3])
            index += 4
        }
        while index < count {
            s0 += Double(a[index]) * Double(b[index])
            index += 1
        }
        return s0 + s1 + s2 + s3
    }

    /// `sums[i] += scale·values[i]`.
    static func addScaled(
        _ scale: Double, _ values: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>,
        _ count: Int
    ) {
        for index in 0..<count { sums[index] += scale * values[index] }
    }

    /// Memory for `count` doubles, valid during `body`.
    static func withDoubles(_ count: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) {
        let doubles = UnsafeMutablePointer<Double>.allocate(capacity: Swift.max(count, 1))
        doubles.initialize(repeating: 0, count: count)
        defer { doubles.deallocate() }
        body(doubles)
    }

    /// Sets each run of `channels` sums to the bias, or to zero without one.
    static func fill(
        _ sums: UnsafeMutablePointer<Double>, rows: Int, channels: Int, bias: UnsafePointer<Float>?
    ) {
        for row in 0..<rows {
            for channel in 0..<channels {
                sums[row * channels + channel] = bias.map { Double($0[channel]) } ?? 0
            }
        }
    }

    /// Rounds and clamps `count` sums into `output`.
    static func store(
        _ sums: UnsafePointer<Double>, _ count: Int, _ activation: Clamp,
        to output: UnsafeMutablePointer<Float>
    ) {
        for index in 0..<count { output[index] = activation(sums[index]) }
    }
}
