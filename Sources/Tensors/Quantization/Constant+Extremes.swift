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

extension Constant {
    /// Bounds of the greatest magnitude, by the extremes of stored 32-bit floats and of the factors; nil if elements have to be
    /// read one by one for that.
    package var magnitudeBounds: ClosedRange<Double>? {
        guard dtype == .float32, storedType == .float32, let floats = coveredFloats else {
            return nil
        }
        var greatest = SIMD16<Float>(repeating: 0)
        var index = 0
        while index + 16 <= floats.count, let start = floats.baseAddress {
            let bits = UnsafeRawPointer(start + index).loadUnaligned(as: SIMD16<UInt32>.self)
            let some = unsafeBitCast(bits & 0x7FFF_FFFF, to: SIMD16<Float>.self)
            greatest.replace(with: some, where: some .> greatest)
            index += 16
        }
        var magnitude = Double(greatest.max())
        for value in floats[index...] where Double(abs(value)) > magnitude {
            magnitude = Double(abs(value))
        }
        let sizes = factors.values.map { $0.map(abs) }
        let least = sizes.reduce(magnitude) { $0 * ($1.min() ?? 1) }
        let most = sizes.reduce(magnitude) { $0 * ($1.max() ?? 1) }
        return least <= most ? least...most : nil
    }

    /// The stored elements of a view that shows each of a dense region once, in any order; nil for other views.
    private var coveredFloats: UnsafeBufferPointer<Float>? {
        var next = 1
        for axis in shape.dims.indices.sorted(by: { strides[$0] < strides[$1] })
        where shape.dims[axis] != 1 {
            guard strides[axis] == next else { return nil }
            next *= shape.dims[axis]
        }
        let bytes = UnsafeRawBufferPointer(
            rebasing: source.bytes[offset * 4..<(offset + shape.elementCount) * 4])
        guard let base = bytes.baseAddress, UInt(bitPattern: base) % 4 == 0 else { return nil }
        return UnsafeBufferPointer(
            start: base.assumingMemoryBound(to: Float.self), count: shape.elementCount)
    }
}
