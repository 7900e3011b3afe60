import Foundations
import Problems

/// The windows of `tf.signal` by which kapre weighs the samples of a frame.
enum KapreWindow {
    /// The weights of a window of a name.
    ///
    /// - Throws: `Problem.Kind.invalidField` for a name that is none.
    static func weights(_ name: String, length: Int) throws -> [Double] {
        switch name {
        case "hann_window": return raisedCosine(0.5, length)
        case "hamming_window": return raisedCosine(0.54, length)
        case "kaiser_window": return kaiser(length)
        case "kaiser_bessel_derived_window":
            let sums = kaiser(length / 2 + 1).reduce(into: [Double]()) { sums, weight in
                sums.append((sums.last ?? 0) + weight)
            }
            let half = sums.dropLast().map { ($0 / (sums.last ?? 1)).squareRoot() }
            guard length % 2 == 0 else {
                throw Problem(
                    .invalidField("win_length", value: "\(length)", expected: "an even number"))
            }
            return half + half.reversed()
        case "vorbis_window":
            return (0..<length).map {
                let wave = sin(.pi * (Double($0) + 0.5) / Double(length))
                return sin(.pi / 2 * wave * wave)
            }
        default:
            throw Problem(
                .invalidField(
                    "window_name", value: name,
                    expected: "hann_window, hamming_window, kaiser_window, "
                        + "kaiser_bessel_derived_window or vorbis_window"))
        }
    }

    private static func raisedCosine(_ base: Double, _ length: Int) -> [Double] {
        let period = Double(max(length % 2 == 0 ? length : length - 1, 1))
        return (0..<length).map { base - (1 - base) * cos(2 * .pi * Double($0) / period) }
    }

    /// With β = 12.
    private static func kaiser(_ length: Int) -> [Double] {
        let half = Double(length - 1) / 2
        return (0..<length).map {
            let place = half == 0 ? 0 : (Double($0) - half) / half
            return bessel(12 * max(1 - place * place, 0).squareRoot()) / bessel(12)
        }
    }

    /// The modified Bessel function of order 0, for small numbers.
    private static func bessel(_ x: Double) -> Double {
        var (sum, term) = (1.0, 1.0)
        for order in 1..<60 {
            term *= (x / 2 / Double(order)) * (x / 2 / Double(order))
            sum += term
        }
        return sum
    }
}
