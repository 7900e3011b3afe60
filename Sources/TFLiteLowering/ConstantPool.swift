import Foundations
import Tensors

/// The constants of a model, for finding an equal one.
///
/// Constants are compared only with those of their type and shape: first by what they view, then by a sample of their
/// elements, at last by all. Where types and shapes all differ, no element is read.
struct ConstantPool {
    private struct Kind: Hashable {
        let dtype: DType
        let shape: Shape
    }

    private struct Entry {
        let constant: Constant
        let tensor: Int
        var fingerprint: UInt64?
    }

    private var entries: [Kind: [Entry]] = [:]

    /// The tensor of a constant of the same type, shape and elements.
    mutating func tensor(equalTo constant: Constant) -> Int? {
        let kind = Kind(dtype: constant.dtype, shape: constant.shape)
        guard var candidates = entries[kind] else { return nil }
        if let same = candidates.first(where: { $0.constant.isSameView(as: constant) }) {
            return same.tensor
        }
        for index in candidates.indices where candidates[index].fingerprint == nil {
            candidates[index].fingerprint = Self.fingerprint(of: candidates[index].constant)
        }
        entries[kind] = candidates
        let fingerprint = Self.fingerprint(of: constant)
        return candidates.first {
            $0.fingerprint == fingerprint && Self.areEqual($0.constant, constant)
        }?.tensor
    }

    /// Notes the tensor of a constant.
    mutating func insert(_ constant: Constant, tensor: Int) {
        let kind = Kind(dtype: constant.dtype, shape: constant.shape)
        entries[kind, default: []].append(Entry(constant: constant, tensor: tensor))
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

    /// Bytes of two constants that are compared in one go.
    private static let blockByteCount = 1 << 18

    /// Whether two constants of one type and shape have the same bytes.
    private static func areEqual(_ a: Constant, _ b: Constant) -> Bool {
        let dims = Array(a.shape.dims.drop { $0 == 1 })
        let (a, b) = (a.reshaped(Shape(dims)), b.reshaped(Shape(dims)))
        let step = max(blockByteCount / max(a.rowByteCount, 1), 1)
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
