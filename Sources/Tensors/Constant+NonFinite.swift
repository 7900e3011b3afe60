extension Constant {
    /// Whether a stored float is infinite or NaN; always false for integers.
    ///
    /// A view that shows all stored elements once is scanned in storage order at memory speed.
    package var containsNonFinite: Bool {
        guard storedType.isFloat else { return false }
        let size = storedType.byteCount
        if source.bytes.count == shape.elementCount * size, !strides.contains(0) {
            return NonFinite.isContained(in: source.bytes, of: storedType)
        }
        return Tensor(dtype: storedType, shape: shape) { target in
            guard let base = target.baseAddress, target.count > 0 else { return }
            gather(rows: 0..<rowCount, into: base)
        }.withBytes { NonFinite.isContained(in: $0, of: storedType) }
    }
}

/// The search for infinities and NaNs in runs of floats.
package enum NonFinite {
    /// Whether one of the floats of `dtype` that fill `bytes` has an exponent of all ones.
    package static func isContained(in bytes: UnsafeRawBufferPointer, of dtype: DType) -> Bool {
        switch dtype {
        case .float32: scan(bytes, exponent: 0x7F80_0000 as Int32)
        case .float64: scan(bytes, exponent: 0x7FF0_0000_0000_0000 as Int64)
        case .float16: scan(bytes, exponent: 0x7C00 as Int16)
        case .bfloat16: scan(bytes, exponent: 0x7F80 as Int16)
        default: false
        }
    }

    private static func scan<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, exponent: Bits
    ) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        let size = MemoryLayout<Bits>.size
        let count = bytes.count / size
        let chunk = 1 << 12
        var start = 0
        while start < count {
            let end = min(start + chunk, count)
            var found: Bits = 0
            for index in start..<end {
                let bits = (base + index * size).loadUnaligned(as: Bits.self)
                found |= bits & Bits.max >= exponent ? 1 : 0
            }
            if found != 0 { return true }
            start = end
        }
        return false
    }
}
