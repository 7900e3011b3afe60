extension SymbolicMachine {
    /// What a function of Python's own returns for known sequences; nil if it is not one, or its arguments are not known.
    mutating func builtin(
        _ name: String, _ arguments: [SymbolicValue], depth: Int
    ) throws -> SymbolicValue? {
        switch (name, arguments.count) {
        case ("range", 1...3), ("xrange", 1...3): return try range(arguments)
        case ("len", 1): return elements(arguments[0]).map { .constant(.integer($0.count)) }
        case ("list", 1): return try known(arguments[0]).map { try newList($0) }
        case ("tuple", 1): return try known(arguments[0]).map { .tuple($0) }
        case ("list", 0): return try newList([])
        case ("tuple", 0): return .tuple([])
        case ("reversed", 1): return try known(arguments[0]).map { .iterator($0.reversed()[...]) }
        case ("enumerate", 1):
            return try known(arguments[0]).map { elements in
                let pairs = elements.enumerated().map { index, element in
                    SymbolicValue.tuple([.constant(.integer(index)), element])
                }
                return .iterator(pairs[...])
            }
        case ("zip", 1...):
            var sequences: [[SymbolicValue]] = []
            for argument in arguments {
                if let elements = try known(argument) { sequences.append(elements) }
            }
            guard sequences.count == arguments.count else { return nil }
            let count = sequences.map(\.count).min() ?? 0
            try budget.spend(count * sequences.count)
            let rows = (0..<count).map { row in SymbolicValue.tuple(sequences.map { $0[row] }) }
            return .iterator(rows[...])
        case ("map", 2):
            guard let elements = try known(arguments[1]) else { return nil }
            var images: [SymbolicValue] = []
            for element in elements {
                images.append(try result(of: arguments[0], [element], [], depth: depth))
            }
            return .iterator(images[...])
        case ("sum", 1):
            guard let terms = try known(arguments[0]), let first = terms.first else { return nil }
            var sum = first
            for term in terms.dropFirst() { sum = try binary(.add, sum, term) }
            return sum
        default: return nil
        }
    }

    private mutating func known(_ value: SymbolicValue) throws -> [SymbolicValue]? {
        if case .iterator(let rest) = value { return Array(rest) }
        return try elements(value) ?? countedElements(value)
    }

    private mutating func range(_ arguments: [SymbolicValue]) throws -> SymbolicValue? {
        var bounds: [Int] = []
        for argument in arguments {
            guard let bound = try plain(argument)?.integer else { return nil }
            bounds.append(bound)
        }
        let start = bounds.count > 1 ? bounds[0] : 0
        let stop = bounds.count > 1 ? bounds[1] : bounds[0]
        let step = bounds.count > 2 ? bounds[2] : 1
        guard step != 0, step != Int.min else { return nil }
        let (distance, overflow) = stop.subtractingReportingOverflow(start)
        let steps = distance / step + (distance % step == 0 ? 0 : 1)
        guard !overflow, steps <= SymbolicBudget.mostItems else { throw SymbolicFault.tooLong }
        guard (distance > 0) == (step > 0) else { return .tuple([]) }
        try budget.spend(steps)
        return .tuple(stride(from: start, to: stop, by: step).map { .constant(.integer($0)) })
    }

    /// The plain value that a value is, or that the client knows it to be.
    mutating func plain(_ value: SymbolicValue) throws -> PythonConstant? {
        if let constant = value.constant { return constant }
        guard let oracle else { return nil }
        return oracle(try expression(value))
    }
}
