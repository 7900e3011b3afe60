extension Constant {
    /// All elements, read into memory.
    package func tensor() -> Tensor {
        Tensor(dtype: dtype, shape: shape) { fill($0, fromRow: 0) }
    }

    /// All elements in double precision, row-major.
    ///
    /// Integers beyond 2⁵³ lose their low bits.
    package func doubles() -> [Double] {
        var result = [Double](repeating: 0, count: shape.elementCount)
        result.withUnsafeMutableBufferPointer { target in
            var position = 0
            forEachStoredIndex(rows: 0..<rowCount) { index, factor in
                target[position] = storedValue(at: index) * factor
                position += 1
            }
        }
        return result
    }

    /// The only element of a constant with one element, in double precision.
    package var scalarValue: Double? {
        shape.elementCount == 1 ? doubles().first : nil
    }

    /// Rows are the slices along the outermost axis; a scalar is one row.
    package var rowCount: Int { shape.dims.first ?? 1 }

    /// Bytes of one row.
    package var rowByteCount: Int { rowCount == 0 ? 0 : byteCount / rowCount }

    /// The elements as they lie in memory where no reading is needed: dense, unscaled, stored as `dtype`.
    package var contiguousBytes: UnsafeRawBufferPointer? {
        guard isDense, factors.isEmpty, storedType == dtype else { return nil }
        let start = offset * dtype.byteCount
        return UnsafeRawBufferPointer(rebasing: source.bytes[start..<start + byteCount])
    }

    /// Writes whole rows from `row` on into `target`, whose count is a multiple of `rowByteCount`.
    package func fill(_ target: UnsafeMutableRawBufferPointer, fromRow row: Int) {
        guard rowByteCount > 0, target.count > 0 else { return }
        let rows = row..<row + target.count / rowByteCount
        if let bytes = contiguousBytes {
            let start = row * rowByteCount
            target.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + target.count]))
        } else if dtype == .float32, storedType == .float32 {
            fillFloats(target.bindMemory(to: Float.self), rows: rows)
        } else {
            fillConverting(target, rows: rows)
        }
    }

    /// Calls `body` with each stored index and the product of the factors there, in row-major order.
    func forEachStoredIndex(rows: Range<Int>, _ body: (Int, Double) -> Void) {
        guard shape.rank > 0 else { return body(offset, 1) }
        func visit(_ axis: Int, _ index: Int, _ factor: Double, _ range: Range<Int>) {
            let axisFactors = factors[axis]
            for position in range {
                let next = index + position * strides[axis]
                let product = axisFactors.map { factor * $0[position] } ?? factor
                if axis == shape.rank - 1 {
                    body(next, product)
                } else {
                    visit(axis + 1, next, product, 0..<shape.dims[axis + 1])
                }
            }
        }
        visit(0, offset, 1, rows)
    }

    /// The stored element at `index`, in double precision.
    func storedValue(at index: Int) -> Double {
        let bytes = source.bytes
        func load<Element: BitwiseCopyable>(_: Element.Type) -> Element {
            bytes.loadUnaligned(
                fromByteOffset: index * MemoryLayout<Element>.size, as: Element.self)
        }
        switch storedType {
        case .float32: return Double(load(Float.self))
        case .float64: return load(Double.self)
        case .float16: return Double(Half.float(fromBinary16: load(UInt16.self)))
        case .bfloat16: return Double(Half.float(fromBFloat16: load(UInt16.self)))
        case .int8: return Double(load(Int8.self))
        case .int16: return Double(load(Int16.self))
        case .int32: return Double(load(Int32.self))
        case .int64: return Double(load(Int64.self))
        case .uint8, .bool: return Double(load(UInt8.self))
        case .uint16: return Double(load(UInt16.self))
        case .uint32: return Double(load(UInt32.self))
        case .uint64: return Double(load(UInt64.self))
        case .string: return .nan
        }
    }

    /// Writes rows element by element, converting from the stored type to `dtype`.
    private func fillConverting(_ target: UnsafeMutableRawBufferPointer, rows: Range<Int>) {
        var position = 0
        func store<Element: BitwiseCopyable>(_ element: Element) {
            target.storeBytes(of: element, toByteOffset: position, as: Element.self)
            position += MemoryLayout<Element>.size
        }
        forEachStoredIndex(rows: rows) { index, factor in
            let value = storedValue(at: index) * factor
            switch dtype {
            case .float32: store(Float(value))
            case .float64: store(value)
            case .float16: store(Half.binary16(from: Float(value)))
            case .bfloat16: store(UInt16(truncatingIfNeeded: Float(value).bitPattern >> 16))
            case .int8: store(Int8(clampingValue: value))
            case .int16: store(Int16(clampingValue: value))
            case .int32: store(Int32(clampingValue: value))
            case .int64: store(Int64(clampingValue: value))
            case .uint8: store(UInt8(clampingValue: value))
            case .uint16: store(UInt16(clampingValue: value))
            case .uint32: store(UInt32(clampingValue: value))
            case .uint64: store(UInt64(clampingValue: value))
            case .bool: store(UInt8(value != 0 ? 1 : 0))
            case .string: break
            }
        }
    }
}

extension FixedWidthInteger {
    /// The integer part of `value`, limited to the range of the type; NaN is 0.
    package init(clampingValue value: Double) {
        if value.isNaN {
            self = 0
        } else if let exact = Self(exactly: value.rounded(.towardZero)) {
            self = exact
        } else {
            self = value < 0 ? .min : .max
        }
    }
}
