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

    /// Which parts can be judged: rounding moves them by less than a 64th of `limit`.
    ///
    /// The arithmetic of a layer rounds many times, each time by half a unit.
    func judged(limit: Double) -> [Bool] {
        rows.accumulated(largest).map { $0 * 64 <= limit }
    }
}
