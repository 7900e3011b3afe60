import Problems

/// A word of an expression.
enum PythonToken: Equatable {
    case name(String)
    case constant(PythonConstant)
    /// An operator, bracket or other sign.
    case sign(String)
}

/// Splits the text of an expression into words.
struct PythonLexer {
    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    /// The words of a text.
    ///
    /// - Throws: `Problem` if a character cannot be in an expression, or a string does not end.
    static func tokens(_ text: String) throws -> [PythonToken] {
        var lexer = PythonLexer(text)
        var tokens: [PythonToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() throws -> PythonToken? {
        rest = rest.drop(while: \.isWhitespace)
        guard let first = rest.first else { return nil }
        if first.isLetter || first == "_" { return word() }
        if first.isASCII, first.isNumber { return try number() }
        if first == ".", rest.dropFirst().first?.isNumber == true { return try number() }
        if first == "'" || first == "\"" { return .constant(.string(try string(first))) }
        for sign in Self.signs where rest.hasPrefix(sign) {
            rest.removeFirst(sign.count)
            return .sign(sign)
        }
        throw Problem.badExpression("'\(first)' cannot be in an expression")
    }

    /// Longer ones first.
    private static let signs = [
        "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "@", "&",
        "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", "=",
    ]

    private mutating func word() -> PythonToken {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(word.count)
        switch word {
        case "True": return .constant(.boolean(true))
        case "False": return .constant(.boolean(false))
        case "None": return .constant(.none)
        case "if", "else", "and", "or", "not", "in", "is", "lambda": return .sign(String(word))
        default: return .name(String(word))
        }
    }

    private mutating func number() throws -> PythonToken {
        var text = ""
        while let character = rest.first {
            let isSign =
                (character == "-" || character == "+") && (text.last == "e" || text.last == "E")
            guard character.isASCII,
                character.isLetter || character.isNumber || character == "." || isSign
            else { break }
            text.append(character)
            rest.removeFirst()
        }
        if let value = Int(text) { return .constant(.integer(value)) }
        guard let value = Double(text), value.isFinite else {
            throw Problem.badExpression("'\(text)' is not a number")
        }
        return .constant(.float(value))
    }

    private mutating func string(_ quote: Character) throws -> String {
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character == quote { return text }
            guard character == "\\" else {
                text.append(character)
                continue
            }
            guard let escaped = rest.popFirst() else { break }
            let meanings: [Character: Character] = ["n": "\n", "t": "\t", "r": "\r"]
            text.append(meanings[escaped] ?? escaped)
        }
        throw Problem.badExpression("a string has no end")
    }
}

extension Problem {
    /// An expression of the caller's that cannot be read.
    static func badExpression(_ reason: String) -> Problem {
        Problem(
            .invalidArgument(
                "the expression cannot be read: \(reason)",
                remedy: "Write a Python expression such as x / 127.5 - 1."))
    }
}
