extension Constant {
    /// The smallest and the largest number of each slice along `axis`, of all elements without one; NaN is passed over.
    ///
    /// A slice without numbers gives 0 and 0.
    package func extremes(along axis: Int? = nil) -> [(low: Double, high: Double)] {
        extremes(
            slices: axis.map { shape.dims[$0] } ?? 1,
            length: axis.map { shape.strides[$0] } ?? max(shape.elementCount, 1))
    }

    /// The smallest and the largest number of each run of `length` elements, which divides their count.
    package func extremes(ofRuns length: Int) -> [(low: Double, high: Double)] {
        extremes(slices: shape.elementCount / length, length: length)
    }

    /// Of runs of `length` elements, one in each `count` belongs to the same slice.
    private func extremes(slices count: Int, length: Int) -> [(low: Double, high: Double)] {
        var low = [Double](repeating: .infinity, count: count)
        var high = [Double](repeating: -.infinity, count: count)
        forEachBlock { values, start in
            var position = start
            while position < start + values.count {
                let (slice, end) = (position / length % count, (position / length + 1) * length)
                let run = position - start..<min(end - start, values.count)
                let found = Self.extremes(UnsafeBufferPointer(rebasing: values[run]))
                low[slice] = min(low[slice], found.low)
                high[slice] = max(high[slice], found.high)
                position = start + run.upperBound
            }
        }
        return zip(low, high).map { $0 <= $1 ? (low: $0, high: $1) : (low: 0, high: 0) }
    }

    /// The extremes of a run; infinities of the other side if it has no number.
    private static func extremes(
        _ run: UnsafeBufferPointer<Double>
    ) -> (low: Double, high: Double) {
        var low = SIMD8<Double>(repeating: .infinity)
        var high = SIMD8<Double>(repeating: -.infinity)
        var index = 0
        while index + 8 <= run.count, let start = run.baseAddress {
            let some = UnsafeRawPointer(start + index).loadUnaligned(as: SIMD8<Double>.self)
            low.replace(with: some, where: some .< low)
            high.replace(with: some, where: some .> high)
            index += 8
        }
        var (least, greatest) = (low.min(), high.max())
        for value in run[index...] {
            if value < least { least = value }
            if value > greatest { greatest = value }
        }
        return (least, greatest)
    }

    /// Calls `body` with all elements in double precision, a few rows at a time, and the position of the first.
    package func forEachBlock(_ body: (UnsafeBufferPointer<Double>, Int) -> Void) {
        let rowLength = shape.elementCount / max(rowCount, 1)
        guard rowLength > 0, rowCount > 0 else { return }
        let step = min(max(1 << 14 / rowLength, 1), rowCount)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: step * rowLength) { buffer in
            guard let values = buffer.baseAddress else { return }
            for row in stride(from: 0, to: rowCount, by: step) {
                let rows = row..<min(row + step, rowCount)
                read(rows: rows, into: values)
                body(
                    UnsafeBufferPointer(start: values, count: rows.count * rowLength),
                    row * rowLength)
            }
        }
    }
}
