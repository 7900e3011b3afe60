import Problems
import Tensors

/// The element types of checkpoints that hold numbers, by TensorFlow's enumeration `DataType`.
enum BundleElementType {
    static let types: [Int: DType] = [
        1: .float32, 2: .float64, 3: .int32, 4: .uint8, 5: .int16, 6: .int8, 9: .int64, 10: .bool,
        14: .bfloat16, 17: .uint16, 19: .float16, 22: .uint32, 23: .uint64,
    ]
}

/// Tensors of text: the lengths of all elements, the checksum of the lengths, and the elements.
package enum BundleString {
    /// The one element of a tensor.
    ///
    /// - Throws: `malformed` if the lengths contradict.
    package static func single(_ bytes: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
        var position = 0
        let count = Varint.read(bytes, at: &position).flatMap { Int(exactly: $0) }
        guard let count, position + 4 <= bytes.count, count == bytes.count - position - 4 else {
            throw Problem(
                .malformed(what: "TensorFlow checkpoint", reason: "its object graph is damaged"))
        }
        return UnsafeRawBufferPointer(rebasing: bytes[(position + 4)...])
    }
}
