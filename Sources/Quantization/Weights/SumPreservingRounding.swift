import GraphIR
import Tensors

/// Rounds weights such that each row keeps its sum.
///
/// What a cell adds to its state at every step is the less shifted, the nearer the sums of its rounded weights are to the real
/// ones. Of the elements of a row, those that lie nearest to the middle between two integers are rounded the other way.
package enum SumPreservingRounding {
    /// The numbers that the integers stand for, in the constant's shape; integers of `storage` are those that they are multiples of.
    ///
    /// - Parameter storage: symmetric integers, with one scale or one for each row.
    package static func rounded(_ constant: Constant, to storage: Storage) -> Constant {
        guard case .integer(let bits, _, let parameters) = storage, constant.shape.rank == 2,
            parameters.scales.count == 1 || parameters.scales.count == constant.shape[0]
        else { return constant }
        let greatest = Double(1 << (bits - 1) - 1)
        let columns = constant.shape[1]
        var values = constant.doubles()
        for row in 0..<constant.shape[0] {
            let scale = Double(parameters.scales[parameters.scales.count == 1 ? 0 : row])
            let range = row * columns..<(row + 1) * columns
            let steps = values[range].map { $0 / scale }
            for (index, integer) in integers(steps, greatest: greatest).enumerated() {
                values[range.lowerBound + index] = integer * scale
            }
        }
        return Constant(values, constant.shape)
    }

    /// Neighbouring integers of numbers with nearly the same sum.
    private static func integers(_ numbers: [Double], greatest: Double) -> [Double] {
        var integers = numbers.map { $0.rounded() }
        let excesses = zip(integers, numbers).map { $0 - $1 }
        let excess = excesses.reduce(0, +).rounded()
        let direction: Double = excess > 0 ? -1 : 1
        let order = excesses.indices.sorted {
            (excesses[$0] * direction, $0) < (excesses[$1] * direction, $1)
        }
        for index in order.prefix(Int(abs(excess))) {
            integers[index] = min(max(integers[index] + direction, -greatest), greatest)
        }
        return integers
    }
}
