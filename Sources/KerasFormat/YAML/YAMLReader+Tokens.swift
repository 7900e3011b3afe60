import Problems

/// Characters, blanks and keys.
extension YAMLReader {
    /// The character at the position; nil at the end.
    func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    /// How many characters of its line precede the position.
    var column: Int {
        var start = position
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        return position - start
    }

    /// A problem at the position.
    func fault(_ reason: String) -> Problem {
        let line = bytes.prefix(position).count { $0 == 0x0A } + 1
        return Problem(.malformed(what: "YAML text", reason: "\(reason) at line \(line)"))
    }

    /// Skips spaces, comments and ends of lines; returns whether there was an end of a line.
    ///
    /// - Throws: `malformed` for tabs in front of a token.
    @discardableResult
    mutating func skipBlank() throws -> Bool {
        var isNewLine = false
        while let byte = peek() {
            switch byte {
            case 0x20, 0x0D: position += 1
            case 0x0A:
                isNewLine = true
                position += 1
            case UInt8(ascii: "#") where position == 0 || bytes[position - 1] <= 0x20:
                try skipLine()
            case 0x09: throw fault("there is a tab in the indentation")
            default: return isNewLine
            }
        }
        return true
    }

    /// Moves to the end of the line.
    mutating func skipLine() throws {
        while let byte = peek(), byte != 0x0A { position += 1 }
    }

    /// Whether three characters at the beginning of a line stand here alone.
    func startsMarker(_ marker: String) -> Bool {
        (position == 0 || bytes[position - 1] == 0x0A)
            && bytes[position...].starts(with: marker.utf8) && (peek(3) ?? 0x0A) <= 0x20
    }

    /// Whether the character at the position stands alone, as an indicator does.
    func isIndicator() -> Bool { (peek(1) ?? 0x0A) <= 0x20 }

    /// The characters up to the next blank or, in collections, the next separator.
    mutating func word() -> String {
        let start = position
        while let byte = peek(), byte > 0x20, !",[]{}".utf8.contains(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Whether a key and its colon follow on this line.
    func isKeyAhead() -> Bool {
        guard let first = peek() else { return false }
        var index = position
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            index += 1
            while index < bytes.count, bytes[index] != first, bytes[index] != 0x0A {
                index += bytes[index] == UInt8(ascii: "\\") && first == UInt8(ascii: "\"") ? 2 : 1
            }
            index += 1
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            return index < bytes.count && bytes[index] == UInt8(ascii: ":")
                && (index + 1 == bytes.count || bytes[index + 1] <= 0x20)
        }
        while index < bytes.count, bytes[index] != 0x0A {
            if bytes[index] == UInt8(ascii: ":"),
                index + 1 == bytes.count || bytes[index + 1] <= 0x20
            {
                return index > position
            }
            if bytes[index] == UInt8(ascii: "#"), index > position, bytes[index - 1] == 0x20 {
                return false
            }
            index += 1
        }
        return false
    }

    /// The key at the position, which moves behind its colon.
    mutating func key() throws -> String {
        guard let first = peek(), !"?*&![{".utf8.contains(first) else {
            throw fault("a key is not a plain text")
        }
        let text: String
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            text = try quoted()
        } else {
            let start = position
            while let byte = peek(), !(byte == UInt8(ascii: ":") && isIndicator()), byte != 0x0A {
                position += 1
            }
            text = String(decoding: bytes[start..<position], as: UTF8.self).trimmed
        }
        while peek() == 0x20 { position += 1 }
        guard peek() == UInt8(ascii: ":") else { throw fault("a key has no ':'") }
        position += 1
        guard text != "<<" else { throw fault("merged keys are not supported") }
        return text
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
