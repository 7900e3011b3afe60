import GraphIR
import KerasFormat
import Problems
import Tensors

/// The bias that attention scores `[N, heads, T, S]` get from the relative positions of queries and keys in a rectangle.
enum RelativePositionBias {
    /// For each pair of positions, numbered column by column, the place of their distance:
    /// (rowₐ − row_b + height − 1) + (columnₐ − column_b + width − 1) · (2 · height − 1).
    static func places(height: Int, width: Int) -> [[Int]] {
        (0..<height * width).map { a in
            (0..<height * width).map { b in
                let rows = a % height - b % height + height - 1
                let columns = a / height - b / height + width - 1
                return rows + columns * (2 * height - 1)
            }
        }
    }

    /// `[heads, T, S]` with the element of a table `(heads, places)` for each pair of positions.
    static func bias(_ table: Constant, at places: [[Int]]) -> Constant {
        let (heads, count) = (table.shape[0], table.shape[1])
        let values = table.doubles()
        let elements = (0..<heads).flatMap { head in
            places.flatMap { row in row.map { values[head * count + $0] } }
        }
        return Constant(elements, [heads, places.count, places.first?.count ?? 0])
    }
}
