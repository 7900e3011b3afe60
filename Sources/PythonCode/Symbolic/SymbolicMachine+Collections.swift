import Problems

extension SymbolicMachine {
    /// Instructions that make, extend and take apart collections.
    mutating func collect(_ instruction: Instruction, _ frame: inout Frame) throws {
        switch instruction {
        case .tuple(let count): frame.stack.append(.tuple(try counted(frame.pop(count))))
        case .list(let count): frame.stack.append(try newList(frame.pop(count)))
        case .append(let depth): try extend(try [frame.pop()], at: depth, &frame)
        case .extend(let depth): try extend(try sequence(frame.pop()), at: depth, &frame)
        case .joinTuple(let count):
            frame.stack.append(.tuple(try frame.pop(count).flatMap { try sequence($0) }))
        case .joinList(let count):
            frame.stack.append(try newList(frame.pop(count).flatMap { try sequence($0) }))
        case .toTuple: frame.stack.append(.tuple(try sequence(frame.pop())))
        case .unpack(let count, let rest): try unpack(count, rest, &frame)
        default: try collectText(instruction, &frame)
        }
    }

    /// Text, and what a with statement enters.
    private mutating func collectText(_ instruction: Instruction, _ frame: inout Frame) throws {
        switch instruction {
        case .format(let hasSpecification):
            let parts = try expressions(frame.pop(hasSpecification ? 2 : 1))
            let maker = PythonExpression(name: hasSpecification ? "format" : "str")
            frame.stack.append(.expression(PythonExpression(.call(maker, parts.map { .init($0) }))))
        case .joinText(let count):
            let parts = try frame.pop(count)
            let empty = SymbolicValue.constant(.string(""))
            frame.stack.append(
                try parts.dropFirst().reduce(parts.first ?? empty) { try binary(.add, $0, $1) })
        case .enter:
            let manager = try expression(frame.pop())
            let methods = ["__exit__", "__enter__"].map {
                PythonExpression(.attribute(manager, $0))
            }
            frame.stack.append(.expression(methods[0]))
            frame.stack.append(.expression(PythonExpression(.call(methods[1], []))))
        default: try collectPairs(instruction, &frame)
        }
    }

    private mutating func collectPairs(
        _ instruction: Instruction, _ frame: inout Frame
    ) throws {
        switch instruction {
        case .dictionary(let count):
            let parts = try expressions(counted(frame.pop(2 * count)))
            frame.push(
                pairs: stride(from: 0, to: parts.count, by: 2).map { (parts[$0], parts[$0 + 1]) })
        case .dictionaryOfKeys(let count):
            let keys = try expressions(sequence(frame.pop()))
            let values = try expressions(counted(frame.pop(count)))
            guard keys.count == values.count else { throw Frame.malformed }
            frame.push(pairs: zip(keys, values).map { ($0, $1) })
        case .storePair:
            let pair = try expressions(frame.pop(2))
            frame.push(pairs: try self.pairs(frame.pop()) + [(pair[1], pair[0])])
        case .merge(let depth):
            let more = try pairs(frame.pop())
            let index = try frame.index(depth: depth)
            let all = try pairs(frame.stack[index]) + more
            frame.stack[index] = .expression(try PythonExpression(.dictionary(all)).checked())
        case .joinDictionaries(let count):
            frame.push(pairs: try counted(frame.pop(count)).flatMap { try pairs($0) })
        default: throw Frame.malformed
        }
    }

    /// The values, after their number was charged.
    func counted(_ values: [SymbolicValue]) throws -> [SymbolicValue] {
        try budget.spend(values.count)
        return values
    }

    /// A list of its own, after its elements were charged.
    mutating func newList(_ elements: [SymbolicValue]) throws -> SymbolicValue {
        memory.append(try counted(elements))
        return .list(memory.count - 1)
    }

    /// The elements of a tuple or list; nil for other values.
    func elements(_ value: SymbolicValue) -> [SymbolicValue]? {
        switch value {
        case .tuple(let elements): elements
        case .list(let place): memory[place]
        case .expression(let expression): expression.elements?.map { .expression($0) }
        default: nil
        }
    }

    /// The elements that a loop goes through.
    ///
    /// - Throws: a fault if they are not known.
    mutating func sequence(_ value: SymbolicValue) throws -> [SymbolicValue] {
        if case .iterator(let rest) = value { return Array(rest) }
        if let elements = elements(value) {
            try budget.spend(elements.count)
            return elements
        }
        if let elements = try countedElements(value) { return elements }
        let what = PythonText(maximum: 60).text(try expression(value))
        throw SymbolicFault.notUnderstood("a loop over the elements of '\(what)'")
    }

    /// The elements of a value whose number the client knows, as `value[0]`, `value[1]`…; nil for others.
    mutating func countedElements(_ value: SymbolicValue) throws -> [SymbolicValue]? {
        guard case .expression(let whole) = value, let oracle else { return nil }
        let length = PythonExpression(.call(PythonExpression(name: "len"), [.init(whole)]))
        guard let count = oracle(length)?.integer, count <= SymbolicBudget.mostItems else {
            return nil
        }
        try budget.spend(count)
        return try (0..<count).map { index in
            let place = PythonExpression(.integer(index))
            return .expression(try PythonExpression(.item(whole, place)).checked())
        }
    }

    private mutating func extend(
        _ elements: [SymbolicValue], at depth: Int, _ frame: inout Frame
    ) throws {
        guard case .list(let place) = frame.stack[try frame.index(depth: depth)] else {
            throw Frame.malformed
        }
        try append(elements, to: place)
    }

    mutating func append(_ elements: [SymbolicValue], to place: Int) throws {
        lowestChange = min(lowestChange, place)
        try budget.spend(elements.count)
        memory[place] += elements
    }

    private mutating func unpack(_ count: Int, _ rest: Int?, _ frame: inout Frame) throws {
        let value = try frame.pop()
        try budget.spend(count)
        guard let elements = elements(value) else {
            guard rest == nil, case .expression(let whole) = value else {
                _ = try sequence(value)
                throw Frame.malformed
            }
            frame.stack += try (0..<count).reversed().map { index in
                let place = PythonExpression(.integer(index))
                return .expression(try PythonExpression(.item(whole, place)).checked())
            }
            return
        }
        let after = rest ?? 0
        guard rest == nil ? elements.count == count : elements.count >= count + after else {
            throw SymbolicFault.notUnderstood("an assignment to another number of variables")
        }
        frame.stack += elements.suffix(after).reversed()
        if rest != nil {
            frame.stack.append(try newList(Array(elements.dropFirst(count).dropLast(after))))
        }
        frame.stack += elements.prefix(count).reversed()
    }

    /// The entries of a dictionary.
    func pairs(
        _ value: SymbolicValue
    ) throws -> [(key: PythonExpression, value: PythonExpression)] {
        guard case .expression(let expression) = value,
            case .dictionary(let pairs) = expression.node
        else { throw SymbolicFault.notUnderstood("a dictionary that is not known") }
        try budget.spend(pairs.count)
        return pairs
    }
}

extension SymbolicMachine.Frame {
    fileprivate mutating func push(
        pairs: [(key: PythonExpression, value: PythonExpression)]
    ) {
        stack.append(.expression(PythonExpression(.dictionary(pairs))))
    }
}
