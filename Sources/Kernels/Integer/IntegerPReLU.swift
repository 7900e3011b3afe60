/// PRELU of quantized numbers.
package struct IntegerPReLU: Sendable {
    private let identity: FixedPointMultiplier
    private let sloped: FixedPointMultiplier
    private let scaling: OutputScaling

    /// - Parameters:
    ///   - slope: the scale of the slopes.
    ///   - scaling: gives the zero point and the limits of the output.
    package init(input: Float, slope: Float, output: Float, scaling: OutputScaling) {
        identity = FixedPointMultiplier(Double(input) / Double(output))
        sloped = FixedPointMultiplier(Double(input) * Double(slope) / Double(output))
        self.scaling = scaling
    }

    /// The elements that are not negative, and the product of the others with the slopes; these broadcast.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    @_specialize(where X == Int16)
    package func apply<X: QuantizedElement>(
        _ loop: BroadcastLoop, input: IntegerOperand<X>, slopes: IntegerOperand<X>,
        output: UnsafeMutablePointer<X>
    ) {
        IntegerKernels.forEachPair(loop) { index, position, slope in
            let value = input[position]
            let scaled =
                value >= 0 ? identity.apply(value) : sloped.apply(value &* slopes[slope])
            output[index] = X(truncatingIfNeeded: scaling.limited(scaled))
        }
    }
}
