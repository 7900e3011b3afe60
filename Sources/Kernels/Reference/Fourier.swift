import Foundations

/// A complex number in double precision.
private struct Complex {
    var real = 0.0
    var imaginary = 0.0

    static func + (a: Complex, b: Complex) -> Complex {
        Complex(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
    }

    static func * (a: Complex, b: Complex) -> Complex {
        Complex(
            real: a.real * b.real - a.imaginary * b.imaginary,
            imaginary: a.real * b.imaginary + a.imaginary * b.real)
    }

    /// `exp(−2πi·k/n)`.
    static func root(_ k: Int, of n: Int) -> Complex {
        let angle = -2 * Double.pi * Double(k % n) / Double(n)
        return Complex(real: cos(angle), imaginary: sin(angle))
    }
}

extension ReferenceKernels {
    /// The two-dimensional discrete Fourier transform of real matrices.
    ///
    /// `input` is `[count, rows, columns]`; each matrix is cut or filled up with zeros to `[height, width]`. `output` is
    /// `[count, height, width / 2 + 1]` of pairs (real, imaginary).
    package static func fourier2D(
        count: Int, rows: Int, columns: Int, height: Int, width: Int,
        input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        let bins = width / 2 + 1
        for matrix in 0..<count {
            let source = input + matrix * rows * columns
            let target = output + matrix * height * bins * 2
            var lines = (0..<height).map { row in
                let line = (0..<width).map { column in
                    row < rows && column < columns
                        ? Complex(real: Double(source[row * columns + column])) : Complex()
                }
                return Array(transform(line).prefix(bins))
            }
            if height > 1 {
                for bin in 0..<bins {
                    let column = transform(lines.map { $0[bin] })
                    for row in 0..<height { lines[row][bin] = column[row] }
                }
            }
            for (index, value) in lines.joined().enumerated() {
                target[2 * index] = Float(value.real)
                target[2 * index + 1] = Float(value.imaginary)
            }
        }
    }

    /// `Σ x[j]·exp(−2πi·j·k/n)`, by halves as long as the length is even.
    private static func transform(_ x: [Complex]) -> [Complex] {
        let n = x.count
        guard n > 1 else { return x }
        guard n.isMultiple(of: 2) else {
            return (0..<n).map { k in
                x.indices.reduce(Complex()) { $0 + x[$1] * Complex.root($1 * k, of: n) }
            }
        }
        let even = transform(stride(from: 0, to: n, by: 2).map { x[$0] })
        let odd = transform(stride(from: 1, to: n, by: 2).map { x[$0] })
        return (0..<n).map { k in
            even[k % (n / 2)] + Complex.root(k, of: n) * odd[k % (n / 2)]
        }
    }

    /// The absolute values of `count` pairs (real, imaginary).
    package static func magnitudes(
        count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        for index in 0..<count {
            output[index] = Float(hypot(Double(input[2 * index]), Double(input[2 * index + 1])))
        }
    }
}
