import Foundations
import KerasFormat
import Problems

/// Quantizers that are made of curves.
extension QKerasQuantizer {
    /// Powers of two with a sign; with `quantized_relu_po2` negative numbers are multiplied by a slope, or none.
    func powersOfTwo() throws -> [PackageQuantizer.Step] {
        let limit = try config.optionalDouble("max_value")
        let isRectified = name == "quantized_relu_po2"
        let bits = try config.int("bits", default: 8, in: 1...10)
        let count = power(bits - (limit.map { $0 > 1 } ?? true ? 1 : 0) - (isRectified ? 0 : 1))
        let isEven = try config.bool("quadratic_approximation", default: false)
        let highest = isEven ? 2 * ((count - 1) / 2).rounded(.down) : count - 1
        let rounding = try config.string("log2_rounding", default: "rnd")
        func nearest(_ slope: Double) -> [PackageQuantizer.Step] {
            (slope == 1 ? [] : [.binary(.multiply, slope)])
                + (limit.map { [.binary(.minimum, $0)] } ?? [])
                + .powerOfTwo(-count...highest, isEven: isEven, roundsDown: rounding == "floor")
        }
        guard isRectified else {
            return [.combined(.multiply, .signs, [.unary(.abs)] + nearest(1))]
        }
        let slope = try config.double("negative_slope", default: 0)
        if slope == 0 { return [.binary(.maximum, 0)] + nearest(1) }
        let isPositive: [PackageQuantizer.Step] =
            .signs + [.binary(.add, 1), .binary(.multiply, 0.5)]
        let isNegative: [PackageQuantizer.Step] =
            .signs + [.binary(.add, -1), .binary(.multiply, 0.5)]
        return [
            .combined(
                .add, [.combined(.multiply, isPositive, [.binary(.maximum, 0)] + nearest(1))],
                [
                    .combined(
                        .multiply, isNegative,
                        [.binary(.minimum, 0), .unary(.abs)] + nearest(slope))
                ])
        ]
    }

    /// Steps of a hard sigmoid on a logarithmic scale.
    func logarithmic() throws -> [PackageQuantizer.Step] {
        let levels = power(try config.int("bits", default: 8, in: 2...32) - 1)
        let range = power(try config.int("integer", default: 0, in: -32...32))
        let curve = try config.double("u", default: 255)
        let least = try config.bool("symmetric", default: false) ? 1 / levels : 0
        let magnitude: [PackageQuantizer.Step] = [
            .unary(.abs), .binary(.multiply, curve), .binary(.add, 1), .unary(.log),
            .binary(.multiply, 1 / log(1 + curve)),
        ]
        return [.binary(.multiply, 0.5 / range), .binary(.add, 0.5)] + .clipped(0, 1)
            + .rounded(levels: levels) + [.binary(.multiply, 2), .binary(.add, -1)]
            + [.combined(.multiply, [.unary(.sign)], magnitude)]
            + .clipped(-1 + least, 1 - 1 / levels) + [.binary(.multiply, range)]
    }

    /// Sigmoids and hyperbolic tangents of straight lines, `binary_…` rounded to two values.
    func straightLines() -> [PackageQuantizer.Step] {
        let slope = name.hasPrefix("smooth") ? 0.1875 : 0.5
        return [.binary(.multiply, slope), .binary(.add, 0.5)] + .clipped(0, 1)
            + (name.hasPrefix("binary") ? [.unary(.round)] : [])
            + (name.hasSuffix("tanh") ? [.binary(.multiply, 2), .binary(.add, -1)] : [])
    }

    /// The steps of a hard sigmoid, of which `quantized_relu` takes the upper half, and with a slope the lower one, too.
    func boundedSteps(
        levels: Double, range: Double, slope: Double
    ) -> [PackageQuantizer.Step] {
        func half(_ share: Double, _ lower: Double, _ upper: Double) -> [PackageQuantizer.Step] {
            [.binary(.multiply, 0.5 / range), .binary(.add, 0.5)] + .clipped(0, 1)
                + [.binary(.multiply, levels * share), .unary(.round)]
                + [.binary(.multiply, 2 / (levels * share)), .binary(.add, -1)]
                + .clipped(lower, upper) + [.binary(.multiply, range * share)]
        }
        let upper = half(1, 0, 1 - 1 / levels)
        return slope > 0 ? [.combined(.add, upper, half(slope, -1, 0))] : upper
    }

    /// x · min(max(x + shift, 0), bound) / bound.
    func hardSwish() throws -> [PackageQuantizer.Step] {
        let shift = try config.double("relu_shift", default: 3)
        let bound = try config.double("relu_upper_bound", default: 6)
        guard bound > 0 else {
            throw Problem(
                .invalidField("relu_upper_bound", value: "\(bound)", expected: "a positive number"))
        }
        return [
            .combined(
                .multiply, [],
                [.binary(.add, shift)] + .clipped(0, bound) + [.binary(.multiply, 1 / bound)])
        ]
    }
}
