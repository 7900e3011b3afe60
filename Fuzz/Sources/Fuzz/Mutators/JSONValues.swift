/// Where the values of a JSON text are; stops at what is not JSON.
struct JSONValues {
    /// The place of a value.
    struct Place {
        let range: Range<Int>
        /// The key in front of it, with its quotation marks; nil in arrays.
        let key: Range<Int>?

        var hasKey: Bool { key != nil }
    }

    private(set) var values: [Place] = []
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) {
        self.text = text
        value(key: nil, depth: 0)
    }

    private var current: UInt8? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte <= 0x20 { position += 1 }
    }

    private mutating func value(key: Range<Int>?, depth: Int) {
        skipSpace()
        let start = position
        guard let first = current, depth < 200 else { return }
        switch first {
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            members(isObject: first == UInt8(ascii: "{"), depth: depth)
        default:
            let ends = Set(Array(",]} \n\r\t:".utf8))
            while let byte = current, !ends.contains(byte) { position += 1 }
        }
        if position > start { values.append(Place(range: start..<position, key: key)) }
    }

    private mutating func members(isObject: Bool, depth: Int) {
        position += 1
        while position < text.count {
            skipSpace()
            if current == UInt8(ascii: "]") || current == UInt8(ascii: "}") {
                position += 1
                return
            }
            let start = position
            var key: Range<Int>?
            if isObject {
                string()
                key = start..<position
                skipSpace()
                if current == UInt8(ascii: ":") { position += 1 }
            }
            value(key: key, depth: depth + 1)
            skipSpace()
            if current == UInt8(ascii: ",") { position += 1 }
            guard position > start else {
                position = text.count
                return
            }
        }
    }

    private mutating func string() {
        guard current == UInt8(ascii: "\"") else { return }
        position += 1
        while let byte = current {
            position += byte == UInt8(ascii: "\\") ? 2 : 1
            if byte == UInt8(ascii: "\"") { break }
        }
        position = min(position, text.count)
    }
}
