/// What the integer form of an operation asks of the scales and zero points of its inputs and outputs.
///
/// The rule speaks of activations. Weights of a `Linearity.filter` are symmetric with a scale for each index of
/// `FilterAxes.output`; their bias has the product of both scales. Inputs of an integer type are never scaled.
package enum QuantizationRule: Sendable, Hashable {
    /// Inputs and outputs have ranges of their own; the operator rescales.
    case free
    /// The first output has the scale and zero point of input 0, since elements are moved, chosen or averaged.
    case sameAsInput
    /// All inputs that carry real numbers have the scale and zero point of the output.
    case sameAsOutput
    /// The output has a scale and zero point that the operator prescribes.
    case fixed(FixedScale)
    /// Real inputs have ranges of their own; the output is an integer or a truth value and has no scale.
    case unscaled
    /// No runtime has an integer form of the operation.
    case floatOnly
    /// Gates and states have parameters of their own, which the operator prescribes in part.
    case recurrent
    /// What is carried from one round to the next keeps its parameters; the body decides about all else.
    case carried
}

/// The parameters of an output that an operator prescribes.
package struct FixedScale: Sendable, Hashable {
    /// The scale of 8-bit storage.
    package let scale: Double
    /// The zero point of signed 8-bit storage.
    package let zeroPoint: Int
    /// The scale of 16-bit storage, whose zero point is 0; nil if the operator has no 16-bit form.
    package let wideScale: Double?

    /// Results in [0, 1).
    package static let unit = FixedScale(
        scale: 1.0 / 256, zeroPoint: -128, wideScale: 1.0 / 32768)
    /// Results in [−1, 1).
    package static let signedUnit = FixedScale(
        scale: 1.0 / 128, zeroPoint: 0, wideScale: 1.0 / 32768)
    /// Vectors of length 1, which have no 16-bit form.
    package static let direction = FixedScale(scale: 1.0 / 128, zeroPoint: 0, wideScale: nil)
    /// Logarithms of probabilities, in (−16, 0].
    package static let logarithm = FixedScale(scale: 16.0 / 256, zeroPoint: 127, wideScale: nil)
}
