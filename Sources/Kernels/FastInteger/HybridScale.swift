import CKernels

/// How floats are rounded to 8 bits for products with integer weights.
struct HybridScale: Sendable {
    /// What a step of the integers stands for; NaN if a float is not finite.
    let scale: Float
    /// The integer that stands for 0.
    let zeroPoint: Int32
    private let factor: Float
    private let lower: Int32

    /// The scale whose integers stand for 0 and the range of some floats.
    ///
    /// - Parameter isAsymmetric: whether 0 can be any integer, as its place in the range demands.
    init(of floats: UnsafePointer<Float>, count: Int, isAsymmetric: Bool) {
        var (least, greatest): (Float, Float) = (0, 0)
        kc_integer_range(count, floats, &least, &greatest)
        lower = isAsymmetric ? -128 : -127
        guard least != greatest, (greatest - least).isFinite else {
            scale = least == greatest ? 1 : .nan
            (zeroPoint, factor) = (0, 0)
            return
        }
        if isAsymmetric {
            let step = Double(greatest - least) / 255
            let fromLeast = -128 - Double(least) / step
            let fromGreatest = 127 - Double(greatest) / step
            let isNearerToLeast =
                128 + abs(Double(least) / step) < 127 + abs(Double(greatest) / step)
            let position = isNearerToLeast ? fromLeast : fromGreatest
            scale = Float(step)
            zeroPoint = Int32(
                min(max(position, -128), 127).rounded(.toNearestOrAwayFromZero))
            factor = 1 / scale
        } else {
            let range = max(-least, greatest)
            scale = range / 127
            zeroPoint = 0
            factor = 127 / range
        }
    }

    /// What has to be taken from sums of widened rows for each unit of their weights, apart from what it is for a zero point of 0.
    var correction: Int32 { kc_integer_correction(zeroPoint) &- kc_integer_correction(0) }

    /// Writes the integers of some floats.
    func round(
        _ floats: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<Int8>
    ) {
        kc_integer_round(count, floats, factor, zeroPoint, lower, target)
    }

    /// Writes the integers of some floats as elements of a widened row.
    func round(_ floats: UnsafePointer<Float>, count: Int, toRow target: UnsafeMutableRawPointer) {
        kc_integer_round_row(count, floats, factor, zeroPoint, lower, target)
    }
}
