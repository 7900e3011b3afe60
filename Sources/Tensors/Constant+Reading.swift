extension Constant {
    /// All elements, read into memory.
    package func tensor() -> Tensor {
        let storage = TensorStorage(
            uninitializedByteCount: dtype.byteCount(of: shape.elementCount))
        fill(storage.mutableBytes, fromRow: 0)
        return Tensor(dtype: dtype, shape: shape, storage: storage)
    }

    /// All elements in double precision, row-major.
    ///
    /// Integers beyond 2⁵³ lose their low bits.
    package func doubles() -> [Double] {
        let count = shape.elementCount
        return [Double](unsafeUninitializedCapacity: count) { target, initializedCount in
            if count > 0, let base = target.baseAddress {
                read(rows: 0..<rowCount, into: base)
            }
            initializedCount = count
        }
    }

    /// The only element of a constant with one element, in double precision.
    package var scalarValue: Double? {
        shape.elementCount == 1 ? doubles().first : nil
    }

    /// Rows are the slices along the outermost axis; a scalar is one row.
    package var rowCount: Int { shape.dims.first ?? 1 }

    /// Bytes of one row.
    package var rowByteCount: Int { rowCount == 0 ? 0 : byteCount / rowCount }

    /// The elements as they lie in memory if no reading is needed: dense, unscaled, stored as `dtype`.
    package var contiguousBytes: UnsafeRawBufferPointer? {
        guard isDense, factors.isEmpty, storedType == dtype else { return nil }
        guard byteCount > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let start = offset * dtype.byteCount
        return UnsafeRawBufferPointer(rebasing: source.bytes[start..<start + byteCount])
    }

    /// Writes whole rows from `row` on into `target`, whose count is a multiple of `rowByteCount`.
    package func fill(_ target: UnsafeMutableRawBufferPointer, fromRow row: Int) {
        guard rowByteCount > 0, target.count > 0, let out = target.baseAddress else { return }
        let rows = row..<row + target.count / rowByteCount
        if let bytes = contiguousBytes {
            let start = row * rowByteCount
            target.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + target.count]))
        } else if storedType == dtype, factors.isEmpty || dtype == .float32 {
            gather(rows: rows, into: out)
            scaleFloats(out.assumingMemoryBound(to: Float.self), rows: rows)
        } else {
            convert(rows: rows, into: out)
        }
    }

    /// Writes rows whose stored type differs from `dtype`, or which have factors, by way of double precision.
    private func convert(rows: Range<Int>, into target: UnsafeMutableRawPointer) {
        let rowLength = rowByteCount / dtype.byteCount
        let step = Swift.max(1 << 14 / rowLength, 1)
        let capacity = Swift.min(step, rows.count) * rowLength
        withUnsafeTemporaryAllocation(of: Double.self, capacity: capacity) { buffer in
            guard let values = buffer.baseAddress else { return }
            var row = rows.lowerBound
            while row < rows.upperBound {
                let end = Swift.min(row + step, rows.upperBound)
                read(rows: row..<end, into: values)
                ElementConversion.write(
                    values, count: (end - row) * rowLength, as: dtype,
                    to: target + (row - rows.lowerBound) * rowByteCount)
                row = end
            }
        }
    }

    /// Writes the elements of `rows` in double precision, factors applied.
    func read(rows: Range<Int>, into target: UnsafeMutablePointer<Double>) {
        let count = rows.count * (shape.elementCount / rowCount)
        let size = storedType.byteCount
        guard size > 0 else { return target.initialize(repeating: .nan, count: count) }
        withUnsafeTemporaryAllocation(byteCount: count * size, alignment: 16) { buffer in
            guard let stored = buffer.baseAddress else { return }
            gather(rows: rows, into: stored)
            ElementConversion.read(stored, count: count, of: storedType, into: target)
        }
        scaleDoubles(target, rows: rows)
    }
}
