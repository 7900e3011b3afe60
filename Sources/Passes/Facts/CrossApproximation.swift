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

    /// Whether so many products are certainly not enough, found by quick elimination of rows in 32-bit floats.
    ///
    /// - Parameter elements: of a matrix in row-major order.
    static func needsMore(than rank: Int, _ elements: [Double], width: Int) -> Bool {
        guard 0 <= rank, rank < width, rank < elements.count / width else { return false }
        let (lines, length) = (elements.count / width, (width + 7) / 8)
        var rest = [SIMD8<Float>](repeating: .zero, count: lines * length)
        for (place, element) in elements.enumerated() {
            let column = place % width
            rest[place / width * length + column / 8][column % 8] = Float(element)
        }
        // Rounding leaves less of a row that others make up.
        let doubtful = Float(elements.reduce(0) { max($0, abs($1)) }) * 0x1p-10
        for step in 0...rank {
            let (block, lane) = (step / 8, step % 8)
            var pivot = step
            for line in step..<lines
            where abs(rest[line * length + block][lane]) > abs(rest[pivot * length + block][lane]) {
                pivot = line
            }
            for place in block..<length {
                rest.swapAt(pivot * length + place, step * length + place)
            }
            let value = rest[step * length + block][lane]
            guard abs(value) > doubtful else { return false }
            for line in step + 1..<lines {
                let factor = rest[line * length + block][lane] / value
                for place in block..<length {
                    rest[line * length + place] -= factor * rest[step * length + place]
                }
            }
        }
        return true
    }

    /// The products that make up a matrix in row-major order; nil if they are more than `largestRank`.
    init?(_ elements: [Double], width: Int, largestRank: Int) {
        guard !elements.isEmpty, elements.allSatisfy(\.isFinite) else { return nil }
        var rest = Remainder(elements, width: width)
        let scale = rest.largest
        while rest.largest > scale * Self.rounding * Double(rank + 1) {
            guard rank < largestRank else { return nil }
            let (column, row) = rest.takeCross()
            columns.append(column)
            rows.append(row)
        }
    }

    /// What crosses leave of a matrix.
    private struct Remainder {
        private var elements: [Double]
        private let width: Int
        /// The largest magnitude of each line.
        private var magnitudes: [Double] = []

        init(_ elements: [Double], width: Int) {
            self.elements = elements
            self.width = width
            magnitudes = (0..<elements.count / width).map { largestMagnitude(of: $0) }
        }

        /// The largest magnitude of all.
        var largest: Double { magnitudes.max() ?? 0 }

        /// Takes out the cross of the first element of the largest magnitude, as a column and a row.
        mutating func takeCross() -> (column: [Double], row: [Double]) {
            let largest = largest
            let line = magnitudes.firstIndex(of: largest) ?? 0
            let places = line * width..<(line + 1) * width
            let pivot = places.first { abs(elements[$0]) == largest } ?? places.lowerBound
            let (value, root) = (elements[pivot], largest.squareRoot())
            let column = stride(from: pivot % width, to: elements.count, by: width).map {
                elements[$0] / root
            }
            let row = elements[places].map { $0 * root / value }
            for (line, factor) in column.enumerated() where factor != 0 {
                subtract(factor, row, from: line)
                // What the cross takes is gone, whatever rounding says.
                elements[line * width + pivot % width] = 0
                magnitudes[line] = largestMagnitude(of: line)
            }
            for place in places { elements[place] = 0 }
            magnitudes[line] = 0
            return (column, row)
        }

        private mutating func subtract(_ factor: Double, _ row: [Double], from line: Int) {
            let start = line * width
            elements.withUnsafeMutableBufferPointer { elements in
                row.withUnsafeBufferPointer { row in
                    for place in row.indices { elements[start + place] -= factor * row[place] }
                }
            }
        }

        /// Four elements are taken at a time.
        private func largestMagnitude(of line: Int) -> Double {
            elements[line * width..<(line + 1) * width].withUnsafeBufferPointer { line in
                var (largest, smallest) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
                for start in stride(from: 0, to: line.count - 3, by: 4) {
                    let elements = SIMD4(
                        line[start], line[start + 1], line[start + 2], line[start + 3])
                    largest.replace(with: elements, where: elements .> largest)
                    smallest.replace(with: elements, where: elements .< smallest)
                }
                let rest = line.suffix(line.count % 4).reduce(0) { max($0, abs($1)) }
                return max(largest.max(), -smallest.min(), rest)
            }
        }
    }
}
