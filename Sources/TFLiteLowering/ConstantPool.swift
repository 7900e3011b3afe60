import Foundations
import Tensors

/// Bytes of two constants that are compared in one go.
private let comparedByteCount = 1 << 18

/// Constants of a model and where each of them is, for finding an equal one.
///
/// Constants are compared only with those of their type and shape: first by what they view, then by a sample of their
/// elements, at last by all. If types and shapes all differ, no element is read.
struct ConstantPool<Index> {
    private struct Kind: Hashable {
        let dtype: DType
        let shape: Shape
    }

    private struct Entry {
        let constant: Constant
        let index: Index
    }

    /// The constants of one kind.
    private struct Candidates {
        var byView: [ConstantView: Index] = [:]
        /// Constants of which nothing has been read.
        var unread: [Entry] = []
        var byFingerprint: [UInt64: [Entry]] = [:]

        mutating func index(equalTo constant: Constant, orAdding add: () -> Index) -> Index {
            let view = constant.view
            if let same = byView[view] { return same }
            guard !byView.isEmpty else {
                let index = add()
                byView[view] = index
                unread.append(Entry(constant: constant, index: index))
                return index
            }
            for entry in unread {
                byFingerprint[ConstantPool.fingerprint(of: entry.constant), default: []].append(
                    entry)
            }
            unread = []
            let fingerprint = ConstantPool.fingerprint(of: constant)
            let alike = byFingerprint[fingerprint] ?? []
            if let same = alike.first(where: { ConstantPool.areEqual($0.constant, constant) }) {
                return same.index
            }
            let index = add()
            byView[view] = index
            byFingerprint[fingerprint, default: []].append(Entry(constant: constant, index: index))
            return index
        }
    }

    private var candidates: [Kind: Candidates] = [:]

    /// The index of a constant of the same type, shape and elements; if there is none, what `add` returns becomes the index
    /// of this one.
    mutating func index(equalTo constant: Constant, orAdding add: () -> Index) -> Index {
        let kind = Kind(dtype: constant.dtype, shape: constant.shape)
        return candidates[kind, default: Candidates()].index(equalTo: constant, orAdding: add)
    }

    /// A number made from some elements of the first, middle and last row: the FNV-1a hash of their bytes.
    private static func fingerprint(of constant: Constant) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let last = constant.rowCount - 1
        for row in last < 0 ? [] : Set([0, last / 2, last]).sorted() {
            var sample = constant
            for (axis, dim) in constant.shape.dims.enumerated() {
                let start = axis == 0 ? row : dim / 3
                sample = sample.sliced(start..<min(start + (axis == 0 ? 1 : 8), dim), axis: axis)
            }
            sample.tensor().withBytes { bytes in
                for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            }
        }
        return hash
    }

    /// Whether two constants of one type and shape have the same bytes.
    private static func areEqual(_ a: Constant, _ b: Constant) -> Bool {
        let dims = Array(a.shape.dims.drop { $0 == 1 })
        let (a, b) = (a.reshaped(Shape(dims)), b.reshaped(Shape(dims)))
        let step = max(comparedByteCount / max(a.rowByteCount, 1), 1)
        return stride(from: 0, to: a.rowCount, by: step).allSatisfy { row in
            let byteCount = min(step, a.rowCount - row) * a.rowByteCount
            return withUnsafeTemporaryAllocation(byteCount: 2 * byteCount, alignment: 16) {
                let left = UnsafeMutableRawBufferPointer(rebasing: $0[..<byteCount])
                let right = UnsafeMutableRawBufferPointer(rebasing: $0[byteCount...])
                a.fill(left, fromRow: row)
                b.fill(right, fromRow: row)
                guard let first = left.baseAddress, let second = right.baseAddress else {
                    return true
                }
                return memcmp(first, second, byteCount) == 0
            }
        }
    }
}
