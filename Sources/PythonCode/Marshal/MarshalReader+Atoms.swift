import Problems

extension MarshalReader {
    /// An object without parts.
    mutating func atom(_ type: Character) throws -> MarshalValue {
        switch type {
        case "i": return .integer(try cursor.long())
        case "I": return .integer(Int(truncatingIfNeeded: try cursor.number(8)))
        case "l": return try longInteger()
        case "g": return .float(Double(bitPattern: try cursor.number(8)))
        case "f": return .float(try decimal())
        case "y":
            _ = try cursor.bytes(16)
            return .other("a complex number")
        case "x":
            _ = (try decimal(), try decimal())
            return .other("a complex number")
        case "s": return .bytes(Array(try cursor.bytes(cursor.count())))
        case "t" where layout == .python2:
            let bytes = Array(try cursor.bytes(cursor.count()))
            intern(bytes)
            return .bytes(bytes)
        case "t", "u": return .text(try unicode())
        case "a", "A": return .text(String(latin1: try textBytes(cursor.count())))
        case "z", "Z": return .text(String(latin1: try textBytes(Int(cursor.byte()))))
        default: throw Problem.malformedCode("it holds an object of an unknown type")
        }
    }

    /// An integer in digits of 15 bits.
    private mutating func longInteger() throws -> MarshalValue {
        let count = try cursor.long()
        var magnitude: UInt64 = 0
        var fits = true
        guard count.magnitude <= 4096 else {
            throw Problem(.tooLarge(what: "an integer in Python code", value: "\(count) digits"))
        }
        for index in 0..<Int(count.magnitude) {
            let digit = try cursor.number(2)
            guard digit < 0x8000 else { throw Problem.malformedCode("a digit is too large") }
            let place = UInt64(15 * index)
            fits = fits && (digit == 0 || place < 63 && (digit << place) >> place == digit)
            if fits { magnitude |= digit << place }
        }
        guard fits, magnitude <= UInt64(Int.max) else {
            return .other("an integer of more than 64 bits")
        }
        return .integer(count < 0 ? -Int(magnitude) : Int(magnitude))
    }

    private mutating func decimal() throws -> Double {
        let text = String(latin1: try cursor.bytes(Int(cursor.byte())))
        guard let value = Double(text) else {
            throw Problem.malformedCode("a number cannot be read")
        }
        return value
    }

    private mutating func textBytes(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count <= Self.longestText else {
            throw Problem(.tooLarge(what: "a string in Python code", value: "\(count) bytes"))
        }
        return try cursor.bytes(count)
    }

    /// A text in UTF-8; lone surrogates, which Python lets pass, become replacement characters.
    private mutating func unicode() throws -> String {
        String(decoding: try textBytes(cursor.count()), as: UTF8.self)
    }
}
