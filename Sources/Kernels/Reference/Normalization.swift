import Foundations

extension ReferenceKernels {
    /// `x / max(‖x‖, 1e-6)` over each of `rows` rows of `count` elements.
    package static func l2Normalization(
        rows: Int, count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let (source, target) = (input + row * count, output + row * count)
            let norm = max(dot(source, source, count).squareRoot(), 1e-6)
            for index in 0..<count { target[index] = Float(Double(source[index]) / norm) }
        }
    }

    /// Local response normalization over each of `rows` rows of `count` channels.
    ///
    /// `x·(bias + alpha·Σ x²)^−beta`, the sum over the `2·radius + 1` channels around `x`; alpha is
    /// not divided by the window's size (TensorFlow's convention).
    package static func localResponseNormalization(
        rows: Int, count: Int, radius: Int, bias: Float, alpha: Float, beta: Float,
        input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<rows {
            let (source, target) = (input + row * count, output + row * count)
            for index in 0..<count {
                let (first, last) = (max(index - radius, 0), min(index + radius, count - 1))
                let sum = dot(source + first, source + first, last - first + 1)
                let scale = pow(Double(bias) + Double(alpha) * sum, -Double(beta))
                target[index] = Float(Double(source[index]) * scale)
            }
        }
    }
}
