import Problems
import Tensors

/// The header of a `.npy` file.
struct NPYHeader {
    let dtype: DType
    let shape: Shape
    let isColumnMajor: Bool
    /// Whether the elements have the other byte order.
    let isBigEndian: Bool
    /// Where the elements start.
    let dataOffset: Int

    /// NumPy's type descriptors of little-endian and single-byte types.
    static let descriptors: [String: DType] = [
        "<f4": .float32, "<f2": .float16, "<f8": .float64, "|i1": .int8, "<i2": .int16,
        "<i4": .int32, "<i8": .int64, "|u1": .uint8, "<u2": .uint16, "<u4": .uint32,
        "<u8": .uint64, "|b1": .bool,
    ]

    init(_ bytes: UnsafeRawBufferPointer, name: String) throws {
        let what = "array '\(name)'"
        let reader = ByteReader(bytes: bytes, what: what)
        guard try reader.slice(0, 6).elementsEqual([0x93] + Array("NUMPY".utf8)) else {
            throw Problem(.malformed(what: what, reason: "it is not in NumPy's format"))
        }
        let major = try reader.number(UInt8.self, at: 6)
        let start = major == 1 ? 10 : 12
        let count =
            major == 1 ? try reader.size(UInt16.self, at: 8) : try reader.size(UInt32.self, at: 8)
        let text = String(decoding: try reader.slice(start, count), as: UTF8.self)
        dataOffset = start + count
        guard let descriptor = Self.quoted(after: "'descr'", in: text),
            let dims = Self.tuple(after: "'shape'", in: text)
        else {
            throw Problem(.malformed(what: what, reason: "its header cannot be read"))
        }
        isBigEndian = descriptor.hasPrefix(">")
        let known = isBigEndian ? "<" + descriptor.dropFirst() : descriptor
        guard let dtype = Self.descriptors[known] else {
            throw Problem(
                .unsupported(
                    what: "\(what) has elements of type '\(descriptor)'",
                    remedy: "Save it with astype('float32')."))
        }
        // An array without elements may have any other extents; what is computed from them must not overflow.
        let extents = Shape(dims.map { max($0, 1) }).elementCount
        guard extents.multipliedReportingOverflow(by: dtype.byteCount).overflow == false else {
            throw Problem(.malformed(what: what, reason: "its shape \(dims) is too large"))
        }
        self.dtype = dtype
        shape = Shape(dims)
        isColumnMajor = Self.word(after: "'fortran_order'", in: text).hasPrefix("True")
    }

    /// The text behind a key and its colon.
    private static func word(after key: String, in text: String) -> Substring {
        guard let range = text.firstRange(of: key) else { return "" }
        return text[range.upperBound...].drop { $0 == ":" || $0 == " " }
    }

    private static func quoted(after key: String, in text: String) -> String? {
        let rest = word(after: key, in: text)
        guard rest.first == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != "'" })
    }

    private static func tuple(after key: String, in text: String) -> [Int]? {
        let rest = word(after: key, in: text)
        guard rest.first == "(" else { return nil }
        var dims: [Int] = []
        for part in rest.dropFirst().prefix(while: { $0 != ")" }).split(separator: ",") {
            let digits = part.filter { $0 != " " }
            if digits.isEmpty { continue }
            guard let dim = Int(digits), dim >= 0 else { return nil }
            dims.append(dim)
        }
        return dims
    }
}
