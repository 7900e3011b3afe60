import Foundations
import Problems
import Tensors

/// The real and the imaginary part of complex numbers.
package typealias ComplexValue = (real: ValueID, imaginary: ValueID)

/// Discrete Fourier transforms along the last axis, as products with constant matrices.
extension GraphWriter {
    /// Sums of the last axis: element k of the result is Σⱼ weight(j, k) · xⱼ, for `count` k.
    package func mixed(
        _ x: ValueID, count: Int, role: String, _ weight: (Int, Int) -> Double
    ) throws -> ValueID {
        let extent = try shape(of: x).knownExtent(-1)
        guard try checkedProduct(extent, count, "a transform") < 1 << 26 else {
            throw Problem(.tooLarge(what: "a transform", value: "\(extent)·\(count)"))
        }
        let elements = (0..<extent * count).map { weight($0 % extent, $0 / extent) }
        let matrix = constant(Constant(elements, [count, extent]), role: role)
        guard shape(of: x).rank == 1 else {
            return try add(.fullyConnected(FullyConnected()), [x, matrix])
        }
        let row = try add(.fullyConnected(FullyConnected()), [expandDimension(x, at: 0), matrix])
        return try squeezeDimension(row, at: 0)
    }

    /// Xₖ = Σⱼ xⱼ e^(−2πijk/size) for the first `count` k; x ends or is continued with zeros at `size`.
    package func fourier(_ x: ValueID, size: Int, count: Int) throws -> ComplexValue {
        let real = try mixed(x, count: count, role: "cosines") { j, k in
            j < size ? Self.wave(j, k, size).cosine : 0
        }
        let imaginary = try mixed(x, count: count, role: "sines") { j, k in
            j < size ? -Self.wave(j, k, size).sine : 0
        }
        return (real, imaginary)
    }

    /// The transform of complex numbers.
    package func fourier(_ x: ComplexValue) throws -> ComplexValue {
        let size = try shape(of: x.real).knownExtent(-1)
        let first = try fourier(x.real, size: size, count: size)
        let second = try fourier(x.imaginary, size: size, count: size)
        return (
            try subtract(first.real, second.imaginary), try add(first.imaginary, second.real)
        )
    }

    /// The transform along the last two axes.
    package func fourier2D(_ x: ComplexValue) throws -> ComplexValue {
        let rank = shape(of: x.real).rank
        guard rank >= 2 else { throw Problem(.invalidShape("the input has one axis, not two")) }
        var order = Array(0..<rank)
        order.swapAt(rank - 2, rank - 1)
        let rows = try fourier(x)
        let columns = try fourier(
            (try transpose(rows.real, order), try transpose(rows.imaginary, order)))
        return (try transpose(columns.real, order), try transpose(columns.imaginary, order))
    }

    /// The `size` real numbers whose transform begins with x.
    package func inverseRealFourier(_ x: ComplexValue, size: Int) throws -> ValueID {
        let real = try mixed(x.real, count: size, role: "cosines") { k, j in
            Self.share(k, size) * Self.wave(j, k, size).cosine
        }
        let imaginary = try mixed(x.imaginary, count: size, role: "sines") { k, j in
            -Self.share(k, size) * Self.wave(j, k, size).sine
        }
        return try add(real, imaginary)
    }

    /// How much coefficient k counts in the inverse transform of real numbers: twice if its conjugate is left out.
    package static func share(_ k: Int, _ size: Int) -> Double {
        if k > size / 2 { return 0 }
        return (k == 0 || 2 * k == size ? 1 : 2) / Double(size)
    }

    /// Cosine and sine of 2πjk/size.
    package static func wave(_ j: Int, _ k: Int, _ size: Int) -> (cosine: Double, sine: Double) {
        let angle = 2 * Double.pi * Double(j * k % size) / Double(size)
        return (cos(angle), sin(angle))
    }
}
