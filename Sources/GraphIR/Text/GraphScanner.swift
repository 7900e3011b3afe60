import Problems
import Tensors

/// Reads the parts of one line of the text form.
struct GraphScanner {
    static let keywords: Set<String> = [
        "graph", "input", "constant", "output", "state", "keep", "body", "end",
    ]

    private(set) var rest: Substring

    init(_ line: Substring) {
        rest = line
        skipSpaces()
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether a scalar can be part of a word.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "/", ".", "-", "~", "+": true
        default: false
        }
    }

    /// Takes `token` if it comes next.
    mutating func take(_ token: String) -> Bool {
        guard rest.hasPrefix(token) else { return false }
        rest = rest.dropFirst(token.count)
        skipSpaces()
        return true
    }

    mutating func expect(_ token: String) throws {
        guard take(token) else { throw AttributeError(reason: "expected '\(token)' at \(place)") }
    }

    mutating func word() throws -> String {
        let scalars = rest.unicodeScalars.prefix { Self.isWord($0) }
        guard !scalars.isEmpty else { throw AttributeError(reason: "expected a word at \(place)") }
        rest = rest[scalars.endIndex...]
        skipSpaces()
        return String(scalars)
    }

    /// A quoted string if one comes next.
    mutating func quoted() throws -> String? {
        guard rest.unicodeScalars.first == "\"" else { return nil }
        var result = String.UnicodeScalarView()
        var scalars = rest.unicodeScalars.dropFirst()
        while let scalar = scalars.popFirst() {
            if scalar == "\"" {
                rest = Substring(scalars)
                skipSpaces()
                return String(result)
            }
            guard scalar == "\\" else {
                result.append(scalar)
                continue
            }
            guard let escaped = scalars.popFirst() else { break }
            switch escaped {
            case "n": result.append("\n")
            case "r": result.append("\r")
            default: result.append(escaped)
            }
        }
        throw AttributeError(reason: "a quoted string does not end")
    }

    mutating func expectQuoted() throws -> String {
        guard let string = try quoted() else {
            throw AttributeError(reason: "expected a quoted string at \(place)")
        }
        return string
    }

    /// A type such as `float32[1,?,3]`.
    mutating func type() throws -> TensorType {
        let name = try word()
        guard let dtype = DType(rawValue: name) else {
            throw AttributeError(reason: "there is no element type '\(name)'")
        }
        try expect("[")
        var dims: [Int] = []
        while !take("]") {
            if !dims.isEmpty { try expect(",") }
            if take("?") {
                dims.append(Shape.free)
            } else if let dim = Int32(try word()), dim >= 0 {
                dims.append(Int(dim))
            } else {
                throw AttributeError(reason: "an extent is not a number")
            }
        }
        let shape = Shape(dims)
        guard shape.elementCount <= GraphBuilder.largestElementCount else {
            throw AttributeError(reason: "a shape of \(shape) is too large")
        }
        return TensorType(dtype, shape)
    }

    /// Attributes in braces if they come next.
    mutating func attributes() throws -> [String: AttributeText] {
        var result: [String: AttributeText] = [:]
        guard take("{") else { return result }
        while !take("}") {
            if !result.isEmpty { try expect(",") }
            let name = try word()
            try expect(":")
            result[name] = try value(depth: 0)
        }
        return result
    }

    private mutating func value(depth: Int) throws -> AttributeText {
        guard take("[") else { return .word(try word()) }
        guard depth < 4 else { throw AttributeError(reason: "lists are nested too deeply") }
        var values: [AttributeText] = []
        while !take("]") {
            if !values.isEmpty { try expect(",") }
            values.append(try value(depth: depth + 1))
        }
        return .list(values)
    }

    private var place: String { rest.isEmpty ? "the end" : "'\(rest.prefix(20))'" }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == " " || $0 == "\t" }
    }
}
