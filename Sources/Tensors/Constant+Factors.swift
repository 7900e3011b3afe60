extension Constant {
    /// Multiplies 32-bit floats of `rows` with the factors, in double precision and rounded once.
    func scaleFloats(_ values: UnsafeMutablePointer<Float>, rows: Range<Int>) {
        forEachScaledRow(rows) { start, count, factor, pattern in
            let row = values + start
            if let pattern {
                for index in 0..<count {
                    row[index] = Float(Double(row[index]) * (factor * pattern[index]))
                }
            } else {
                for index in 0..<count { row[index] = Float(Double(row[index]) * factor) }
            }
        }
    }

    /// Multiplies the values of `rows` with the factors.
    func scaleDoubles(_ values: UnsafeMutablePointer<Double>, rows: Range<Int>) {
        forEachScaledRow(rows) { start, count, factor, pattern in
            let row = values + start
            if let pattern {
                for index in 0..<count { row[index] *= factor * pattern[index] }
            } else {
                for index in 0..<count { row[index] *= factor }
            }
        }
    }

    /// Calls `body` for each run of elements with its start and length, the factor of its row, and those of its elements.
    ///
    /// A view of one axis is one run, whose elements have factors of their own.
    private func forEachScaledRow(
        _ rows: Range<Int>, _ body: (Int, Int, Double, UnsafePointer<Double>?) -> Void
    ) {
        guard !factors.isEmpty, rowCount > 0 else { return }
        if shape.rank == 1, let values = factors[0] {
            values.withUnsafeBufferPointer { pointer in
                guard let base = pointer.baseAddress else { return }
                body(0, rows.count, 1, base + rows.lowerBound)
            }
            return
        }
        let length = shape.elementCount / rowCount
        let rowFactors = factors[0]
        func visit(_ pattern: UnsafePointer<Double>?) {
            for (position, row) in rows.enumerated() {
                body(position * length, length, rowFactors?[row] ?? 1, pattern)
            }
        }
        if let pattern = innerFactors() {
            pattern.withUnsafeBufferPointer { visit($0.baseAddress) }
        } else {
            visit(nil)
        }
    }

    /// The product of the factors of all axes but the outermost, for each element of a row; nil if there are none.
    private func innerFactors() -> [Double]? {
        guard factors.keys.contains(where: { $0 > 0 }) else { return nil }
        var pattern = [1.0]
        for axis in 1..<shape.rank {
            let values = factors[axis]
            var next: [Double] = []
            next.reserveCapacity(pattern.count * shape.dims[axis])
            for outer in pattern {
                for index in 0..<shape.dims[axis] { next.append(outer * (values?[index] ?? 1)) }
            }
            pattern = next
        }
        return pattern
    }
}
