import Interpreter

extension LiteTensor {
    /// The class that each row names: a number, or the place of the greatest of a row of scores, the first one of equals.
    ///
    /// It is nil for a number that no class can have, such as NaN. Rows without elements name none and are left out.
    public var classes: [Int?] {
        let (rows, values) = (shape.first ?? 1, doubles)
        let columns = rows == 0 ? 0 : values.count / rows
        guard columns > 0 else { return [] }
        return (0..<rows).map { row in
            let scores = values[row * columns..<(row + 1) * columns]
            guard columns > 1 else {
                return scores.first.flatMap { Int(exactly: $0.rounded(.towardZero)) }
            }
            return scores.indices.reduce(scores.startIndex) { scores[$1] > scores[$0] ? $1 : $0 }
                - scores.startIndex
        }
    }
}
