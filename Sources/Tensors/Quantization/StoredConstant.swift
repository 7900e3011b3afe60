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

    /// The size of the stored elements in bytes; saturates at `Int.max`.
    package var byteCount: Int { dtype.byteCount(of: constant.shape.elementCount) }

    /// Bytes of the stored elements of one row.
    package var rowByteCount: Int {
        constant.rowCount == 0 ? 0 : byteCount / constant.rowCount
    }

    /// Writes the stored elements of whole rows from `row` on into `target`, whose count is a multiple of `rowByteCount`.
    package func fill(_ target: UnsafeMutableRawBufferPointer, fromRow row: Int) {
        guard rowByteCount > 0, let out = target.baseAddress else { return }
        let rows = row..<row + target.count / rowByteCount
        convert(rows, isExpressed: false) { values, elements in
            ElementConversion.write(
                values, count: elements.count, as: dtype,
                to: out + (elements.lowerBound * dtype.byteCount - row * rowByteCount))
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
