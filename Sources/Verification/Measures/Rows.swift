import Tensors

/// The parts of a value that rounding can reach differently: the steps of a sequence, else the positions of an array,
/// each for the blocks that its last axis is joined from.
struct Rows {
    /// How many parts there are.
    let count: Int
    /// The part that each element belongs to.
    private let part: (Int) -> Int
    /// How many steps a sequence has; nil for a value that is not a sequence.
    let steps: Int?

    /// The parts of a value of this shape.
    ///
    /// - Parameter blocks: the extents of the blocks of the last axis, in order; they add up to it.
    init(of shape: Shape, blocks: [Int]) {
        let dims = shape.dims
        let isSequence = dims.count == 3 || dims.count == 5
        let width = dims.last ?? 1
        let blockOf = blocks.enumerated().flatMap { Array(repeating: $0, count: $1) }
        let isJoined = blockOf.count == width && blocks.count > 1
        let size = isSequence ? dims.dropFirst(2).reduce(1, *) : width
        let rows = size > 0 ? shape.elementCount / size : 0
        steps = isSequence ? dims[1] : nil
        count = rows * (isJoined ? blocks.count : 1)
        part =
            isJoined
            ? { blockOf[$0 % width] * rows + $0 / max(size, 1) } : { $0 / max(size, 1) }
    }

    /// The largest of the numbers in each part; NaN counts as infinite.
    func largest(_ numbers: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        for (index, number) in numbers.enumerated() {
            let part = part(index)
            result[part] = max(result[part], number.isNaN ? .infinity : number)
        }
        return result
    }

    /// What reaches each part of a sequence from its start or from its end, whichever is less.
    ///
    /// Rounding that a recurrence has amplified once is in all its later steps, even if a saturated step hides it.
    func accumulated(_ noise: [Double]) -> [Double] {
        guard let steps, steps > 1 else { return noise }
        var result = noise
        for start in stride(from: 0, to: count, by: steps) {
            var (ahead, back) = (noise, noise)
            for step in start + 1..<start + steps {
                ahead[step] = max(ahead[step], ahead[step - 1])
            }
            for step in (start..<start + steps - 1).reversed() {
                back[step] = max(back[step], back[step + 1])
            }
            for step in start..<start + steps { result[step] = min(ahead[step], back[step]) }
        }
        return result
    }
}
