import Tensors

/// The scale of the cell of an integer LSTM: a power of two, beside 16 bits.
struct CellScale {
    /// The exponent of the scale.
    let exponent: Int

    /// The exponents that kernels take.
    private static let exponents = -15 ... -9

    /// The least scale that reaches all numbers of a range; nil if no scale that kernels take does.
    init?(_ range: ObservedRange) {
        let fits = Self.exponents.first { range.magnitude <= 32767 * Self.power($0) }
        guard let fits else { return nil }
        exponent = fits
    }

    /// Integers of this scale.
    var storage: Storage {
        .integer(
            bits: 16, isSigned: true,
            QuantizationParameters(scale: Float(Self.power(exponent))))
    }

    private static func power(_ exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: 1)
    }
}
