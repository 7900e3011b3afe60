import Foundations

/// Texts and numbers.
extension YAMLReader {
    /// The quoted or plain scalar at the position.
    ///
    /// - Parameters:
    ///   - minimumColumn: where further lines of a plain scalar have to begin.
    ///   - isPlainText: whether the tag says that it is a text whatever it looks like.
    mutating func scalar(
        minimumColumn: Int, isFlow: Bool = false, isPlainText: Bool
    ) throws -> JSONValue {
        if peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "'") {
            return .string(try quoted())
        }
        if let byte = peek(), "@`%?".utf8.contains(byte), byte != UInt8(ascii: "?") || isIndicator()
        {
            throw fault("'\(Character(Unicode.Scalar(byte)))' cannot begin a value")
        }
        let text = plain(minimumColumn: minimumColumn, isFlow: isFlow)
        return isPlainText ? .string(text) : YAMLScalar.value(text)
    }

    /// A plain scalar; ends of lines in it are spaces.
    mutating func plain(minimumColumn: Int, isFlow: Bool) -> String {
        var text = line(isFlow: isFlow)
        while peek() == 0x0A {
            let end = position
            var blankLines = -1
            while let byte = peek(), byte == 0x0A || byte == 0x20 || byte == 0x0D {
                if byte == 0x0A { blankLines += 1 }
                position += 1
            }
            let isKey = !isFlow && isKeyAhead()
            guard let byte = peek(), byte != UInt8(ascii: "#"), isFlow || column >= minimumColumn,
                !isKey, !startsMarker("---"), !startsMarker("..."),
                !(isFlow && ",]}".utf8.contains(byte))
            else {
                position = end
                break
            }
            text += blankLines > 0 ? String(repeating: "\n", count: blankLines) : " "
            text += line(isFlow: isFlow)
        }
        return text
    }

    /// The part of a plain scalar on this line.
    private mutating func line(isFlow: Bool) -> String {
        let start = position
        while let byte = peek(), byte != 0x0A {
            if byte == UInt8(ascii: ":"),
                isIndicator() || (isFlow && ",[]{}".utf8.contains(peek(1) ?? 0x20))
            {
                break
            }
            if byte == UInt8(ascii: "#"), position > start, bytes[position - 1] == 0x20 { break }
            if isFlow, ",[]{}".utf8.contains(byte) { break }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self).trimmed
    }

    /// The text in quotes at the position.
    mutating func quoted() throws -> String {
        let quote = bytes[position]
        let isEscaped = quote == UInt8(ascii: "\"")
        position += 1
        var text: [UInt8] = []
        while let byte = peek() {
            position += 1
            if byte == quote {
                guard !isEscaped, peek() == quote else {
                    return String(decoding: text, as: UTF8.self)
                }
                position += 1
                text.append(quote)
            } else if byte == 0x0A {
                foldLine(&text)
            } else if isEscaped, byte == UInt8(ascii: "\\") {
                try escape(&text)
            } else {
                text.append(byte)
            }
        }
        throw fault("a quoted text does not end")
    }

    /// The end of a line in quotes: a space, or as many ends of lines as there are empty lines.
    private mutating func foldLine(_ text: inout [UInt8]) {
        while let last = text.last, last == 0x20 || last == 0x09 || last == 0x0D {
            text.removeLast()
        }
        var count = 0
        while let byte = peek(), byte <= 0x20 {
            if byte == 0x0A { count += 1 }
            position += 1
        }
        text += count == 0 ? [0x20] : [UInt8](repeating: 0x0A, count: count)
    }

    private mutating func escape(_ text: inout [UInt8]) throws {
        guard let byte = peek() else { throw fault("a quoted text does not end") }
        position += 1
        if byte == 0x0A {
            while let next = peek(), next == 0x20 || next == 0x09 { position += 1 }
            return
        }
        if let digits = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8][byte] {
            let end = min(position + digits, bytes.count)
            let number = UInt32(String(decoding: bytes[position..<end], as: UTF8.self), radix: 16)
            guard let scalar = number.flatMap({ Unicode.Scalar($0) }) else {
                throw fault("an escaped character is damaged")
            }
            position = end
            text += Array(String(Character(scalar)).utf8)
            return
        }
        guard let value = YAMLScalar.escapes[byte] else {
            throw fault("'\\\(Character(Unicode.Scalar(byte)))' does not stand for a character")
        }
        text += Array(value.utf8)
    }

    /// The text of indented lines after `|`, which keeps ends of lines, or `>`, which joins lines.
    mutating func blockScalar(minimumColumn: Int) throws -> String {
        let joins = peek() == UInt8(ascii: ">")
        let header = word()
        try skipLine()
        position = min(position + 1, bytes.count)
        var lines: [String] = []
        var indentation = header.compactMap(\.wholeNumberValue).first.map { minimumColumn - 1 + $0 }
        while position < bytes.count {
            let start = position
            while peek() == 0x20 { position += 1 }
            let indent = position - start
            let isBlank = peek() == 0x0A || peek() == nil
            if !isBlank, indent < indentation ?? max(minimumColumn, 1) {
                position = start
                break
            }
            if !isBlank, indentation == nil { indentation = indent }
            try skipLine()
            let first = min(start + (indentation ?? indent), position)
            lines.append(String(decoding: bytes[first..<position], as: UTF8.self))
            position = min(position + 1, bytes.count)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        let text = joins ? Self.joined(lines) : lines.joined(separator: "\n")
        return header.contains("-") || lines.isEmpty ? text : text + "\n"
    }

    private static func joined(_ lines: [String]) -> String {
        lines.reduce(into: "") { text, line in
            let isFirst = text.isEmpty || text.hasSuffix("\n")
            text += line.isEmpty ? "\n" : isFirst ? line : " " + line
        }
    }
}
