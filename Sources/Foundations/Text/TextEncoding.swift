/// How text files encode characters.
package enum TextEncoding {
    /// The text of a file as UTF-8, without byte-order mark.
    ///
    /// UTF-16 is told by its byte-order mark, or by a first character whose other byte is 0. Bytes that stand for no
    /// character become U+FFFD.
    package static func utf8(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
        guard bytes.count >= 2, let isBigEndian = utf16Order(bytes) else { return Array(bytes) }
        let hasMark = bytes[0] >= 0xFE
        let units = stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// Whether the first byte of each character of UTF-16 is the larger one; nil for other encodings.
    private static func utf16Order(_ bytes: UnsafeRawBufferPointer) -> Bool? {
        switch (bytes[0], bytes[1]) {
        case (0xFE, 0xFF): true
        case (0xFF, 0xFE): false
        case (0, 1...): true
        case (1..., 0): false
        default: nil
        }
    }
}
