/// A constant whose elements are rounded to a storage once, when they are written or read.
package struct StoredConstant: Sendable {
    /// The real numbers.
    package let constant: Constant
    /// What they are rounded to.
    package let storage: Storage
    /// The type of the stored elements.
    package let dtype: DType

    fileprivate init(_ constant: Constant, as storage: Storage) {
        self.constant = constant
        self.storage = storage
        dtype = storage.dtype ?? constant.dtype
    }

    /// Whether two elements share a byte, the first one its lower half.
    private var isPacked: Bool { storage.bitCount == 4 }

    /// The size of the stored elements in bytes; saturates at `Int.max`.
    package var byteCount: Int {
        let count = constant.shape.elementCount
        return isPacked ? (count + 1) / 2 : dtype.byteCount(of: count)
    }

    /// How many rows are written together: all if rows do not end with a byte.
    private var unitRowCount: Int {
        let isUneven =
            isPacked && constant.rowCount > 0
            && constant.shape.elementCount / constant.rowCount % 2 != 0
        return isUneven ? constant.rowCount : 1
    }

    /// Bytes of the stored elements that are written together: one row, or all rows.
    package var unitByteCount: Int {
        constant.rowCount == 0 ? 0 : byteCount * unitRowCount / constant.rowCount
    }

    /// Writes the stored elements of whole units from `unit` on into `target`, whose count is a multiple of `unitByteCount`.
    package func fill(_ target: UnsafeMutableRawBufferPointer, fromUnit unit: Int) {
        guard unitByteCount > 0, let out = target.baseAddress else { return }
        let row = unit * unitRowCount
        let rows = row..<row + target.count / unitByteCount * unitRowCount
        if storage == .float16, constant.dtype == .float32 {
            return fillHalves(out.assumingMemoryBound(to: UInt16.self), rows)
        }
        let first = row * (constant.shape.elementCount / constant.rowCount)
        convert(rows, isExpressed: false) { values, elements in
            let start = elements.lowerBound - first
            if isPacked {
                Self.pack(values, count: elements.count, from: start, to: out)
            } else if dtype == .int8 {
                let bytes = out.assumingMemoryBound(to: Int8.self) + start
                for index in 0..<elements.count {
                    bytes[index] = Int8(truncatingIfNeeded: Int32(values[index]))
                }
            } else {
                ElementConversion.write(
                    values, count: elements.count, as: dtype, to: out + start * dtype.byteCount)
            }
        }
    }

    /// Writes 16-bit floats of some rows.
    private func fillHalves(_ target: UnsafeMutablePointer<UInt16>, _ rows: Range<Int>) {
        let length = constant.shape.elementCount / max(constant.rowCount, 1)
        guard length > 0, !rows.isEmpty else { return }
        let step = max(1 << 14 / length, 1)
        withUnsafeTemporaryAllocation(
            of: Float.self, capacity: min(step, rows.count) * length
        ) { buffer in
            guard let values = buffer.baseAddress else { return }
            for row in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
                let count = (min(row + step, rows.upperBound) - row) * length
                constant.fill(
                    UnsafeMutableRawBufferPointer(start: values, count: count * 4), fromRow: row)
                Half.write(
                    values, count: count, to: target + (row - rows.lowerBound) * length)
            }
        }
    }

    /// Writes integers of 4 bits from the position `start` on; what is before it in its byte stays.
    private static func pack(
        _ values: UnsafePointer<Double>, count: Int, from start: Int,
        to target: UnsafeMutableRawPointer
    ) {
        let bytes = target.assumingMemoryBound(to: UInt8.self)
        for index in 0..<count {
            let bits = UInt8(bitPattern: Int8(values[index])) & 15
            let position = start + index
            if position % 2 == 0 {
                bytes[position / 2] = bits
            } else {
                bytes[position / 2] |= bits << 4
            }
        }
    }

    /// The stored elements, of whose type `Element` has to be.
    package func elements<Element>() -> [Element] {
        let count = constant.shape.elementCount
        return [Element](unsafeUninitializedCapacity: count) { elements, filled in
            fill(UnsafeMutableRawBufferPointer(elements), fromUnit: 0)
            filled = count
        }
    }

    /// The numbers that the stored elements stand for, as elements of the constant's own type.
    package func tensor() -> Tensor {
        let constant = constant
        return Tensor(dtype: constant.dtype, shape: constant.shape) { target in
            guard let out = target.baseAddress, target.count > 0 else { return }
            convert(0..<constant.rowCount, isExpressed: true) { values, elements in
                ElementConversion.write(
                    values, count: elements.count, as: constant.dtype,
                    to: out + elements.lowerBound * constant.dtype.byteCount)
            }
        }
    }

    /// Calls `body` with rounded numbers and their positions, a few rows at a time.
    private func convert(
        _ rows: Range<Int>, isExpressed: Bool,
        _ body: (UnsafeMutablePointer<Double>, Range<Int>) -> Void
    ) {
        let rowLength = constant.shape.elementCount / max(constant.rowCount, 1)
        guard rowLength > 0, !rows.isEmpty else { return }
        let step = max(1 << 14 / rowLength, 1)
        withUnsafeTemporaryAllocation(
            of: Double.self, capacity: min(step, rows.count) * rowLength
        ) { buffer in
            guard let values = buffer.baseAddress else { return }
            for row in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
                let part = row..<min(row + step, rows.upperBound)
                let elements = part.lowerBound * rowLength..<part.upperBound * rowLength
                constant.read(rows: part, into: values)
                storage.store(values, elements, in: constant.shape)
                if isExpressed { storage.express(values, elements, in: constant.shape) }
                body(values, elements)
            }
        }
    }
}

extension Constant {
    /// A view whose elements are rounded to `storage` when they are written or read.
    package func stored(as storage: Storage) -> StoredConstant {
        StoredConstant(self, as: storage)
    }
}
