/// Methods of lists and dictionaries.
extension SymbolicMachine {
    /// What a method of a list returns.
    mutating func callMethod(
        _ name: String, ofList place: Int, _ arguments: [SymbolicValue]
    ) throws -> SymbolicValue {
        switch (name, arguments.count) {
        case ("append", 1): try append(arguments, to: place)
        case ("copy", 0): return try newList(memory[place])
        case ("insert", 2), ("pop", 0...1):
            return try change(
                memory[place], of: place, at: arguments.first, to: arguments.last, name)
        case ("extend", 1): try append(sequence(arguments[0]), to: place)
        case ("reverse", 0):
            lowestChange = min(lowestChange, place)
            memory[place].reverse()
        default: throw SymbolicFault.notUnderstood("the method '\(name)' of a list")
        }
        return .constant(.none)
    }

    /// `insert` and `pop`.
    private mutating func change(
        _ elements: [SymbolicValue], of place: Int, at index: SymbolicValue?,
        to value: SymbolicValue?, _ name: String
    ) throws -> SymbolicValue {
        let given = try index.map { try plain($0)?.integer } ?? elements.count - 1
        guard let given else { throw SymbolicFault.notUnderstood("a computed index of a list") }
        let position = given < 0 ? given + elements.count : given
        lowestChange = min(lowestChange, place)
        if name == "insert", let value {
            try budget.spend()
            memory[place].insert(value, at: min(max(position, 0), elements.count))
            return .constant(.none)
        }
        guard elements.indices.contains(position) else {
            throw SymbolicFault.notUnderstood("an index beyond the end of a list")
        }
        return memory[place].remove(at: position)
    }

    /// What a method of a dictionary returns; nil for methods that are not followed.
    func callMethod(
        _ name: String, ofDictionary pairs: [(key: PythonExpression, value: PythonExpression)],
        _ arguments: [SymbolicValue]
    ) throws -> SymbolicValue? {
        switch (name, arguments.count) {
        case ("get", 1...2):
            guard let key = arguments[0].constant else { return nil }
            let found = pairs.last { $0.key.constant == key }?.value
            return found.map { .expression($0) }
                ?? (arguments.count == 2 ? arguments[1] : .constant(.none))
        case ("keys", 0): return .tuple(pairs.map { .expression($0.key) })
        case ("values", 0): return .tuple(pairs.map { .expression($0.value) })
        case ("items", 0):
            return .tuple(pairs.map { .tuple([.expression($0.key), .expression($0.value)]) })
        default: return nil
        }
    }
}
