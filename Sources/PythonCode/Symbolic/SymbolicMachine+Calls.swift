import Problems

extension SymbolicMachine {
    /// A call with what lies on the stack for it.
    mutating func call(_ call: Instruction.Call, _ frame: inout Frame) throws {
        var keywords: [(name: String, value: SymbolicValue)] = []
        if call.hasKeywords { keywords = try spreadKeywords(frame.pop()) }
        var spread: [SymbolicValue] = []
        if call.hasSpread { spread = try sequence(frame.pop()) }
        var names = call.names
        if call.hasNames {
            names = try sequence(frame.pop()).map {
                guard case .string(let name) = $0.constant else { throw Frame.malformed }
                return name
            }
        }
        let pairs = try frame.pop(2 * call.pairs)
        for index in stride(from: 0, to: pairs.count, by: 2) {
            guard case .string(let name) = pairs[index].constant else { throw Frame.malformed }
            keywords.insert((name, pairs[index + 1]), at: index / 2)
        }
        var arguments = try frame.pop(call.count)
        guard names.count <= arguments.count else { throw Frame.malformed }
        keywords = zip(names, arguments.suffix(names.count)).map { ($0, $1) } + keywords
        arguments.removeLast(names.count)
        let function = try popFunction(call.receiver, &arguments, &frame)
        frame.stack.append(
            try result(of: function, arguments + spread, keywords, depth: frame.depth))
    }

    /// The function of a call, whose first argument may lie beside it.
    private func popFunction(
        _ receiver: Instruction.Call.Receiver, _ arguments: inout [SymbolicValue],
        _ frame: inout Frame
    ) throws -> SymbolicValue {
        guard receiver != .none else { return try frame.pop() }
        let slots = try frame.pop(2)
        if receiver == .above {
            if case .null = slots[1] { return slots[0] }
            arguments.insert(slots[1], at: 0)
            return slots[0]
        }
        if case .null = slots[0] { return slots[1] }
        arguments.insert(slots[1], at: 0)
        return slots[0]
    }

    private mutating func spreadKeywords(
        _ value: SymbolicValue
    ) throws -> [(name: String, value: SymbolicValue)] {
        if case .null = value { return [] }
        return try pairs(value).map { key, value in
            guard case .string(let name) = key.constant else { throw Frame.malformed }
            return (name, .expression(value))
        }
    }

    /// What a call returns.
    mutating func result(
        of function: SymbolicValue, _ arguments: [SymbolicValue],
        _ keywords: [(name: String, value: SymbolicValue)], depth: Int
    ) throws -> SymbolicValue {
        switch function {
        case .function(let inner):
            return try follow(inner, arguments, keywords, depth: depth + 1)
        case .method(let place, let name):
            return try callMethod(name, ofList: place, arguments)
        case .expression(let expression):
            if case .name(let name) = expression.node, !parameters.contains(name), keywords.isEmpty,
                let value = try builtin(name, arguments, depth: depth)
            {
                return value
            }
            if case .attribute(let x, let name) = expression.node, keywords.isEmpty,
                case .dictionary(let pairs) = x.node,
                let value = try callMethod(name, ofDictionary: pairs, arguments)
            {
                return value
            }
        default: break
        }
        let positional = try expressions(arguments).map { PythonExpression.Argument($0) }
        let named = try keywords.map { name, value in
            PythonExpression.Argument(try expression(value), name: name)
        }
        return .expression(
            try PythonExpression(.call(expression(function), positional + named)).checked())
    }

    private mutating func follow(
        _ function: InnerFunction, _ arguments: [SymbolicValue],
        _ keywords: [(name: String, value: SymbolicValue)], depth: Int
    ) throws -> SymbolicValue {
        let code = function.code
        let parameters = Array(code.parameters)
        let further = arguments.dropFirst(code.counts.positional)
        guard further.isEmpty || code.positionalRest != nil else {
            throw SymbolicFault.notUnderstood(
                "an inner function with more arguments than parameters")
        }
        var variables = code.emptyRests
        if let rest = code.positionalRest { variables[rest] = .tuple(Array(further)) }
        var pairs: [(key: PythonExpression, value: PythonExpression)] = []
        let defaults = function.defaults.suffix(code.counts.positional)
        let withDefaults = parameters.prefix(code.counts.positional).suffix(defaults.count)
        for (name, value) in zip(withDefaults, defaults) { variables[name] = value }
        for (name, value) in zip(parameters.prefix(code.counts.positional), arguments) {
            variables[name] = value
        }
        for (name, value) in keywords {
            if parameters.contains(name) {
                variables[name] = value
            } else if code.namedRest != nil {
                pairs.append((PythonExpression(.string(name)), try expression(value)))
            } else {
                throw SymbolicFault.notUnderstood("an argument that an inner function lacks")
            }
        }
        if let rest = code.namedRest {
            variables[rest] = .expression(PythonExpression(.dictionary(pairs)))
        }
        guard parameters.allSatisfy({ variables[$0] != nil }) else {
            throw SymbolicFault.notUnderstood(
                "an inner function with fewer arguments than parameters")
        }
        let outerLine = line
        defer { line = outerLine }
        return try run(code, variables, closure: function.closure, depth: depth)
    }

    /// Makes a function from code and what lies on the stack for it.
    mutating func makeFunction(_ form: Instruction.Function, _ frame: inout Frame) throws {
        if form.hasName { _ = try frame.pop() }
        guard case .code(let code) = try frame.pop() else { throw Frame.malformed }
        var function = InnerFunction(code: code)
        for part in form.parts.reversed() { try Self.set(part, try frame.pop(), of: &function) }
        function.defaults += try frame.pop(form.looseDefaults)
        frame.stack.append(.function(function))
    }

    mutating func setPart(_ part: Instruction.FunctionPart, _ frame: inout Frame) throws {
        guard case .function(var function) = try frame.pop() else { throw Frame.malformed }
        try Self.set(part, try frame.pop(), of: &function)
        frame.stack.append(.function(function))
    }

    private static func set(
        _ part: Instruction.FunctionPart, _ value: SymbolicValue, of function: inout InnerFunction
    ) throws {
        switch part {
        case .other: return
        case .defaults:
            guard case .tuple(let values) = value else { throw Frame.malformed }
            function.defaults = values
        case .closure:
            guard case .tuple(let cells) = value else { throw Frame.malformed }
            function.closure = try cells.map {
                guard case .cell(let place) = $0 else { throw Frame.malformed }
                return place
            }
        }
    }
}

extension CodeObject {
    /// The variables for further arguments, of which there are none.
    var emptyRests: [String: SymbolicValue] {
        var variables: [String: SymbolicValue] = [:]
        if let positionalRest { variables[positionalRest] = .tuple([]) }
        if let namedRest {
            variables[namedRest] = .expression(PythonExpression(.dictionary([])))
        }
        return variables
    }
}
