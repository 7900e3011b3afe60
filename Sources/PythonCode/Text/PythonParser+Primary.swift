import Problems

extension PythonParser {
    /// A name, constant or bracket with attributes, calls and subscripts behind it.
    mutating func primary() throws -> PythonExpression {
        var value = try atom()
        while true {
            if accept(".") {
                guard case .name(let name)? = peek else { throw unexpected(insteadOf: "name") }
                position += 1
                value = PythonExpression(.attribute(value, name))
            } else if accept("(") {
                value = PythonExpression(.call(value, try arguments()))
            } else if accept("[") {
                value = PythonExpression(.item(value, try index()))
            } else {
                return value
            }
            guard value.depth <= 200 else { throw Problem.badExpression("it is nested too deep") }
        }
    }

    private mutating func atom() throws -> PythonExpression {
        guard let token = peek else { throw unexpected() }
        position += 1
        switch token {
        case .name(let name): return PythonExpression(name: name)
        case .constant(let constant): return PythonExpression(constant)
        case .sign("..."): return PythonExpression(.ellipsis)
        case .sign("("):
            let (elements, isTuple) = try elements(until: ")")
            return isTuple ? PythonExpression(.tuple(elements)) : elements[0]
        case .sign("["): return PythonExpression(.list(try elements(until: "]").elements))
        case .sign("{"): return try dictionary()
        case .sign:
            position -= 1
            throw unexpected()
        }
    }

    /// Expressions up to a bracket, and whether there is a comma or nothing at all.
    private mutating func elements(
        until bracket: String
    ) throws -> (elements: [PythonExpression], isTuple: Bool) {
        var elements: [PythonExpression] = []
        while !accept(bracket) {
            elements.append(try expression())
            if accept(bracket) { return (elements, elements.count > 1) }
            try expect(",")
        }
        return (elements, true)
    }

    private mutating func dictionary() throws -> PythonExpression {
        var pairs: [(key: PythonExpression, value: PythonExpression)] = []
        while !accept("}") {
            let key = try expression()
            try expect(":")
            pairs.append((key, try expression()))
            if accept("}") { break }
            try expect(",")
        }
        return PythonExpression(.dictionary(pairs))
    }

    private mutating func arguments() throws -> [PythonExpression.Argument] {
        var arguments: [PythonExpression.Argument] = []
        while !accept(")") {
            var name: String?
            if case .name(let word)? = peek, position + 1 < tokens.count,
                tokens[position + 1] == .sign("=")
            {
                name = word
                position += 2
            }
            guard name != nil || arguments.last?.name == nil else {
                throw Problem.badExpression("an argument by position follows one by name")
            }
            arguments.append(.init(try expression(), name: name))
            if accept(")") { break }
            try expect(",")
        }
        return arguments
    }

    /// What stands between square brackets; several parts are a tuple.
    private mutating func index() throws -> PythonExpression {
        var parts: [PythonExpression] = []
        while true {
            parts.append(try part())
            if accept("]") { return parts.count == 1 ? parts[0] : PythonExpression(.tuple(parts)) }
            try expect(",")
            if accept("]") { return PythonExpression(.tuple(parts)) }
        }
    }

    private mutating func part() throws -> PythonExpression {
        func endsBound() -> Bool { [":", ",", "]"].contains { peek == .sign($0) } }
        let start = endsBound() ? nil : try expression()
        guard accept(":") else {
            guard let start else { throw unexpected() }
            return start
        }
        let stop = endsBound() ? nil : try expression()
        let step = accept(":") && !endsBound() ? try expression() : nil
        return PythonExpression(.slice(start, stop, step))
    }
}
