/// A matrix as a sum of few products of a column and a row, if it is one.
///
/// Gaussian elimination with complete pivoting: each cross takes the largest element of what is left. A matrix that was multiplied out in
/// 32-bit floats leaves their rounding.
struct CrossApproximation {
    /// One column of a product for each rank, all as long as the matrix is high.
    private(set) var columns: [[Double]] = []
    /// One row for each rank, all as long as the matrix is wide.
    private(set) var rows: [[Double]] = []

    /// The rank, up to rounding.
    var rank: Int { columns.count }

    /// What rounding leaves of the largest element for each rank.
    private static let rounding = 0x1p-22

    /// The products that make up a matrix in row-major order; nil if they are more than `largestRank`.
    init?(_ elements: [Double], width: Int, largestRank: Int) {
        guard !elements.isEmpty, elements.allSatisfy(\.isFinite) else { return nil }
        var rest = elements
        var pivot = Self.largest(rest)
        let scale = abs(rest[pivot])
        while abs(rest[pivot]) > scale * Self.rounding * Double(rank + 1) {
            guard rank < largestRank else { return nil }
            let (row, column) = (pivot / width, pivot % width)
            let root = abs(rest[pivot]).squareRoot()
            let left = stride(from: column, to: rest.count, by: width).map { rest[$0] / root }
            let right = rest[row * width..<(row + 1) * width].map {
                $0 * root / rest[pivot]
            }
            Self.subtract(left, right, from: &rest)
            // What the cross takes is gone, whatever rounding says.
            for place in right.indices { rest[row * width + place] = 0 }
            for line in left.indices { rest[line * width + column] = 0 }
            columns.append(left)
            rows.append(right)
            pivot = Self.largest(rest)
        }
    }

    /// Subtracts the product of a column and a row.
    private static func subtract(_ column: [Double], _ row: [Double], from rest: inout [Double]) {
        rest.withUnsafeMutableBufferPointer { rest in
            row.withUnsafeBufferPointer { row in
                for (line, factor) in column.enumerated() where factor != 0 {
                    let start = line * row.count
                    for place in row.indices { rest[start + place] -= factor * row[place] }
                }
            }
        }
    }

    /// The place of the first element of the largest magnitude.
    private static func largest(_ elements: [Double]) -> Int {
        elements.withUnsafeBufferPointer { elements in
            var (place, magnitude) = (0, abs(elements[0]))
            for index in elements.indices where abs(elements[index]) > magnitude {
                (place, magnitude) = (index, abs(elements[index]))
            }
            return place
        }
    }
}
