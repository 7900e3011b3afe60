import Problems

/// Reads the text of an expression, in the part of Python's grammar that expressions of functions need.
package struct PythonParser {
    private static let deepestNesting = 64

    let tokens: [PythonToken]
    var position = 0
    private var depth = 0

    private init(_ text: String) throws {
        tokens = try PythonLexer.tokens(text)
    }

    /// The expression that a text is.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if it is not an expression, with the place of the fault.
    package static func expression(_ text: String) throws -> PythonExpression {
        var parser = try PythonParser(text)
        let expression = try parser.expressions()
        guard parser.position == parser.tokens.count else { throw parser.unexpected() }
        guard expression.size <= PythonText.largestSize else {
            throw Problem.badExpression("it is too long")
        }
        return expression
    }

    /// One expression, or several with commas between as a tuple.
    private mutating func expressions() throws -> PythonExpression {
        let first = try expression()
        guard accept(",") else { return first }
        var elements = [first]
        while position < tokens.count {
            elements.append(try expression())
            guard accept(",") else { break }
        }
        return PythonExpression(.tuple(elements))
    }

    /// An expression one level further down.
    private mutating func nested(
        _ body: (inout PythonParser) throws -> PythonExpression
    ) throws -> PythonExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepestNesting else {
            throw Problem.badExpression("it is nested too deep")
        }
        return try body(&self)
    }

    mutating func expression() throws -> PythonExpression {
        try nested { try $0.conditional() }
    }

    private mutating func conditional() throws -> PythonExpression {
        if accept("lambda") { return try function() }
        let value = try either()
        guard accept("if") else { return value }
        let test = try either()
        try expect("else")
        return try PythonExpression(.conditional(test: test, yes: value, no: expression()))
    }

    private mutating func function() throws -> PythonExpression {
        var parameters: [String] = []
        while case .name(let name)? = peek {
            position += 1
            parameters.append(name)
            guard accept(",") else { break }
        }
        try expect(":")
        return try PythonExpression(.function(parameters, expression()))
    }

    /// `a or b` is `a if a else b`.
    private mutating func either() throws -> PythonExpression {
        let first = try both()
        guard accept("or") else { return first }
        return try PythonExpression(
            .conditional(test: first, yes: first, no: nested { try $0.either() }))
    }

    /// `a and b` is `b if a else a`.
    private mutating func both() throws -> PythonExpression {
        let first = try negation()
        guard accept("and") else { return first }
        return try PythonExpression(
            .conditional(test: first, yes: nested { try $0.both() }, no: first))
    }

    private mutating func negation() throws -> PythonExpression {
        var count = 0
        while accept("not") { count += 1 }
        var value = try comparison()
        for _ in 0..<min(count, 2) { value = PythonExpression(.unary(.not, value)) }
        return value
    }

    private mutating func comparison() throws -> PythonExpression {
        let first = try binary(.bitOr)
        guard let kind = comparisonSign() else { return first }
        let comparison = try PythonExpression(.comparison(kind, first, binary(.bitOr)))
        guard comparisonSign() == nil else {
            throw Problem.badExpression("comparisons in a row are not understood")
        }
        return comparison
    }

    private mutating func comparisonSign() -> PythonExpression.Comparison? {
        if accept("not") {
            if accept("in") { return .isNotIn }
            position -= 1
            return nil
        }
        if accept("is") { return accept("not") ? .isNotSame : .isSame }
        guard case .sign(let sign)? = peek, let kind = PythonExpression.Comparison(rawValue: sign)
        else { return nil }
        position += 1
        return kind
    }

    /// Operators that bind at least as tightly as `binding`.
    private mutating func binary(_ binding: PythonText.Binding) throws -> PythonExpression {
        guard binding < .sign else { return try signed() }
        var left = try binary(binding.next)
        while case .sign(let sign)? = peek,
            let kind = PythonExpression.BinaryOperator(rawValue: sign),
            PythonText.binding(of: kind) == binding
        {
            position += 1
            left = try PythonExpression(.binary(kind, left, binary(binding.next)))
            guard left.depth <= 200 else { throw Problem.badExpression("it is nested too deep") }
        }
        return left
    }

    private mutating func signed() throws -> PythonExpression {
        guard case .sign(let sign)? = peek, sign != "not",
            let kind = PythonExpression.UnaryOperator(rawValue: sign)
        else { return try power() }
        position += 1
        let value = try nested { try $0.signed() }
        if let constant = value.constant, let result = PythonArithmetic.unary(kind, constant) {
            return PythonExpression(result)
        }
        return PythonExpression(.unary(kind, value))
    }

    private mutating func power() throws -> PythonExpression {
        let base = try primary()
        guard accept("**") else { return base }
        return try PythonExpression(.binary(.power, base, nested { try $0.signed() }))
    }
}

extension PythonParser {
    var peek: PythonToken? { position < tokens.count ? tokens[position] : nil }

    mutating func accept(_ sign: String) -> Bool {
        guard peek == .sign(sign) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ sign: String) throws {
        guard accept(sign) else { throw unexpected(insteadOf: sign) }
    }

    /// The fault at the current place.
    func unexpected(insteadOf sign: String? = nil) -> Problem {
        let expected = sign.map { "'\($0)' is missing" } ?? "an operand is missing"
        let found: String
        switch peek {
        case nil: return .badExpression("\(expected) at the end")
        case .name(let name): found = name
        case .constant(let constant): found = constant.text
        case .sign(let sign): found = sign
        }
        return .badExpression(
            sign == nil ? "'\(found)' is unexpected" : "\(expected) before '\(found)'")
    }
}
