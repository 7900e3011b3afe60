import GraphIR
import Tensors

/// How far rounding moves the parts of a value.
struct RoundingNoise {
    private let rows: Rows
    private var largest: [Double]

    /// Nothing measured yet.
    init(_ rows: Rows) {
        self.rows = rows
        largest = [Double](repeating: 0, count: rows.count)
    }

    /// Adds what the value is with and without a movement of what it is computed from by a unit in the last place.
    mutating func add(_ value: [Double], _ moved: [Double]) {
        let noise = rows.largest(zip(value, moved).map { $0 == $1 ? 0 : abs($0 - $1) })
        largest = zip(largest, noise).map(max)
    }

    /// The largest error that rounding explains in each part: 64 times what was measured, but not less than `least`.
    ///
    /// The arithmetic of a layer rounds many times, each time by half a unit.
    func limits(least: Double) -> [Double] {
        rows.accumulated(largest).map { max($0 * 64, least) }
    }
}
