import Dispatch
import Foundations

/// A dense row-major matrix in double precision.
package struct Matrix: Sendable, Equatable {
    package let rows: Int
    package let columns: Int
    package var elements: [Double]

    package init(_ rows: Int, _ columns: Int, _ elements: [Double]) {
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// A matrix of zeros.
    package init(zeros rows: Int, _ columns: Int) {
        self.init(rows, columns, [Double](repeating: 0, count: rows * columns))
    }

    package subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    package var transposed: Matrix {
        var result = Matrix(zeros: columns, rows)
        for row in 0..<rows {
            for column in 0..<columns { result[column, row] = self[row, column] }
        }
        return result
    }

    /// Columns `range` as a matrix of their own.
    package func columns(_ range: Range<Int>) -> Matrix {
        Matrix(
            rows, range.count, (0..<rows).flatMap { row in range.map { self[row, $0] } })
    }

    /// The mean of each column.
    package var columnMeans: [Double] {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns { sums[column] += elements[row * columns + column] }
        }
        return sums.map { $0 / Double(max(rows, 1)) }
    }

    /// The matrix with a number subtracted from each column.
    package func subtracting(_ means: [Double]) -> Matrix {
        var result = self
        for row in 0..<rows {
            for column in 0..<columns { result.elements[row * columns + column] -= means[column] }
        }
        return result
    }

    package static func - (a: Matrix, b: Matrix) -> Matrix {
        Matrix(a.rows, a.columns, zip(a.elements, b.elements).map { $0 - $1 })
    }

    package static func + (a: Matrix, b: Matrix) -> Matrix {
        Matrix(a.rows, a.columns, zip(a.elements, b.elements).map { $0 + $1 })
    }

    /// The sum of the squares of all elements.
    package var squaredNorm: Double { elements.reduce(0) { $0 + $1 * $1 } }

    /// selfᵀ · other.
    package func transposedTimes(_ other: Matrix, threads: ThreadBudget) -> Matrix {
        Matrix.product(
            columns, other.columns, depth: rows, threads: threads, strides: (1, columns), elements,
            other.elements)
    }

    /// self · other.
    package func times(_ other: Matrix, threads: ThreadBudget) -> Matrix {
        Matrix.product(
            rows, other.columns, depth: columns, threads: threads, strides: (columns, 1), elements,
            other.elements)
    }

    /// Rows of the right matrix that stay in the cache while all rows of the result take them up.
    private static let blockDepth = 64

    /// The product of a matrix, read with strides along its rows and its depth, and one whose rows are contiguous.
    private static func product(
        _ rows: Int, _ columns: Int, depth: Int, threads: ThreadBudget,
        strides: (row: Int, depth: Int), _ left: [Double], _ right: [Double]
    ) -> Matrix {
        var result = [Double](repeating: 0, count: rows * columns)
        let workers = threads.limited(to: max(rows / 8, 1)).count
        left.withUnsafeBufferPointer { a in
            right.withUnsafeBufferPointer { b in
                result.withUnsafeMutableBufferPointer { c in
                    guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress
                    else { return }
                    nonisolated(unsafe) let (left, right, target) = (a, b, c)
                    DispatchQueue.concurrentPerform(iterations: workers) { worker in
                        for start in stride(from: 0, to: depth, by: blockDepth) {
                            let block = start..<min(start + blockDepth, depth)
                            for row in stride(from: worker, to: rows, by: workers) {
                                addProducts(
                                    to: target + row * columns, left + row * strides.row,
                                    stride: strides.depth, block, right, columns)
                            }
                        }
                    }
                }
            }
        }
        return Matrix(rows, columns, result)
    }

    /// Adds rows of `right`, each times an element of `left`, to a row: four at a time, so that it is read and written once for them.
    private static func addProducts(
        to target: UnsafeMutablePointer<Double>, _ left: UnsafePointer<Double>, stride step: Int,
        _ block: Range<Int>, _ right: UnsafePointer<Double>, _ columns: Int
    ) {
        for k in stride(from: block.lowerBound, to: block.upperBound, by: 4) {
            let last = block.upperBound - 1
            func row(_ i: Int) -> UnsafePointer<Double> { right + min(k + i, last) * columns }
            func factor(_ i: Int) -> Double { k + i <= last ? left[(k + i) * step] : 0 }
            let (f0, f1, f2, f3) = (factor(0), factor(1), factor(2), factor(3))
            let (b0, b1, b2, b3) = (row(0), row(1), row(2), row(3))
            for i in 0..<columns {
                target[i] += (f0 * b0[i] + f1 * b1[i]) + (f2 * b2[i] + f3 * b3[i])
            }
        }
    }
}
