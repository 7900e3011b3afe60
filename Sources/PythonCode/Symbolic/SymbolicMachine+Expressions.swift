import Problems

extension SymbolicMachine {
    /// The expression that stands for a value.
    ///
    /// - Throws: a fault if the value is none that an expression can hold.
    mutating func expression(_ value: SymbolicValue) throws -> PythonExpression {
        try budget.spend()
        switch value {
        case .expression(let expression): return expression
        case .tuple(let elements):
            return try PythonExpression(.tuple(expressions(elements))).checked()
        case .list(let place):
            return try PythonExpression(.list(expressions(memory[place]))).checked()
        case .iterator(let rest):
            return try PythonExpression(.list(expressions(Array(rest)))).checked()
        case .function(let function): return try self.function(function)
        case .method(_, let name):
            throw SymbolicFault.notUnderstood("the method '\(name)' of a list as a value")
        case .code, .cell, .null: throw Frame.malformed
        }
    }

    mutating func expressions(_ values: [SymbolicValue]) throws -> [PythonExpression] {
        var expressions: [PythonExpression] = []
        for value in values { expressions.append(try expression(value)) }
        return expressions
    }

    /// An inner function as `lambda parameters: body`, with parameters that nothing around is called by.
    private mutating func function(_ function: InnerFunction) throws -> PythonExpression {
        let code = function.code
        guard !code.isGenerator else {
            throw SymbolicFault.notUnderstood("a generator that is handed on")
        }
        let outer = parameters
        defer { parameters = outer }
        var names: [String] = []
        var variables = code.emptyRests
        let required = code.parameters.dropLast(function.defaults.count)
        for parameter in required {
            var name = parameter
            while parameters.contains(name) { name += "_" }
            parameters.insert(name)
            names.append(name)
            variables[parameter] = .expression(PythonExpression(name: name))
        }
        for (parameter, value) in zip(code.parameters.dropFirst(required.count), function.defaults)
        {
            variables[parameter] = value
        }
        let body = try run(
            code, variables, closure: function.closure, depth: parameters.count - outer.count + 1)
        return try PythonExpression(.function(names, expression(body))).checked()
    }
}

extension PythonExpression {
    private static let largestDepth = 256

    /// This expression, if it is not nested too deep.
    func checked() throws -> PythonExpression {
        guard depth <= Self.largestDepth else { throw SymbolicFault.tooLong }
        return self
    }
}
