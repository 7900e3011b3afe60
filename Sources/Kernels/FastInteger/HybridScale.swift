import CKernels

/// Floats that have been rounded to 8 bits for products with integer weights.
struct HybridScale: Sendable {
    /// What a step of the integers stands for.
    let scale: Float
    /// The integer that stands for 0.
    let zeroPoint: Int32

    /// Rounds some floats, with 0 and the range of the floats among what the integers stand for.
    ///
    /// - Parameter isAsymmetric: whether 0 can be any integer, as its place in the range demands.
    init(
        rounding floats: UnsafePointer<Float>, count: Int, isAsymmetric: Bool,
        to target: UnsafeMutablePointer<Int8>
    ) {
        var (least, greatest): (Float, Float) = (0, 0)
        kc_integer_range(count, floats, &least, &greatest)
        guard least != greatest, (greatest - least).isFinite else {
            scale = least == greatest ? 1 : .nan
            zeroPoint = 0
            target.update(repeating: 0, count: count)
            return
        }
        if isAsymmetric {
            let step = (Double(greatest) - Double(least)) / 255
            let fromLeast = -128 - Double(least) / step
            let fromGreatest = 127 - Double(greatest) / step
            let isNearerToLeast =
                128 + abs(Double(least) / step) < 127 + abs(Double(greatest) / step)
            let position = isNearerToLeast ? fromLeast : fromGreatest
            scale = Float(step)
            zeroPoint = Int32(
                min(max(position, -128), 127).rounded(.toNearestOrAwayFromZero))
            kc_integer_round(count, floats, 1 / scale, Float(zeroPoint), -128, target)
        } else {
            let range = max(-least, greatest)
            scale = range / 127
            zeroPoint = 0
            kc_integer_round(count, floats, 127 / range, 0, -127, target)
        }
    }
}
