import Problems

extension SymbolicMachine {
    /// Operators, comparisons and subscripts.
    mutating func operate(_ instruction: Instruction, _ frame: inout Frame) throws {
        switch instruction {
        case .binary(let kind):
            let operands = try frame.pop(2)
            frame.stack.append(try binary(kind, operands[0], operands[1]))
        case .unary(let kind):
            frame.stack.append(try unary(kind, frame.pop()))
        case .comparison(let kind):
            let operands = try frame.pop(2)
            frame.stack.append(try comparison(kind, operands[0], operands[1]))
        case .item:
            let operands = try frame.pop(2)
            frame.stack.append(try item(of: operands[0], at: operands[1]))
        case .storeItem:
            let operands = try frame.pop(3)
            try setItem(
                operands[0], of: changeable(operands[1], &frame), at: operands[2], &frame)
        case .itemSlice(let hasStart, let hasStop):
            let stop = hasStop ? try frame.pop() : .constant(.none)
            let start = hasStart ? try frame.pop() : .constant(.none)
            let slice = try self.slice(start, stop, .constant(.none))
            frame.stack.append(try item(of: frame.pop(), at: slice))
        case .slice(let hasStep):
            let step = hasStep ? try frame.pop() : .constant(.none)
            let bounds = try frame.pop(2)
            frame.stack.append(try slice(bounds[0], bounds[1], step))
        default: return
        }
    }

    mutating func binary(
        _ kind: Instruction.Binary, _ x: SymbolicValue, _ y: SymbolicValue
    ) throws -> SymbolicValue {
        if kind == .add, let joined = try joined(x, y) { return joined }
        if kind == .multiply, let repeated = try repeated(x, y) { return repeated }
        if let x = x.constant, let y = y.constant, case .integer = x, case .integer = y,
            kind != .divide, let value = PythonArithmetic.binary(kind, x, y)
        {
            return .constant(value)
        }
        return .expression(
            try PythonExpression(.binary(kind, expression(x), expression(y))).checked())
    }

    /// The elements of two lists, or of two tuples, as one.
    private mutating func joined(_ x: SymbolicValue, _ y: SymbolicValue) throws -> SymbolicValue? {
        switch (x, y) {
        case (.tuple(let first), .tuple(let second)): return .tuple(try counted(first + second))
        case (.list(let first), .list(let second)):
            return try newList(memory[first] + memory[second])
        default: return nil
        }
    }

    /// `[0] * 3`.
    private mutating func repeated(_ x: SymbolicValue, _ y: SymbolicValue) throws -> SymbolicValue?
    {
        let count = y.constant?.integer ?? x.constant?.integer
        let sequence = y.constant?.integer == nil ? y : x
        guard let count, let elements = elements(sequence) else { return nil }
        guard elements.count * max(0, min(count, 1 << 20)) <= SymbolicBudget.mostItems else {
            throw SymbolicFault.tooLong
        }
        let all = Array(repeatElement(elements, count: max(count, 0)).joined())
        if case .tuple = sequence { return .tuple(try counted(all)) }
        return try newList(all)
    }

    private mutating func unary(
        _ kind: Instruction.Unary, _ x: SymbolicValue
    ) throws -> SymbolicValue {
        if let constant = x.constant, let value = PythonArithmetic.unary(kind, constant) {
            return .constant(value)
        }
        if kind == .not, let elements = elements(x) { return .constant(.boolean(elements.isEmpty)) }
        return .expression(try PythonExpression(.unary(kind, expression(x))).checked())
    }

    mutating func comparison(
        _ kind: Instruction.Comparison, _ x: SymbolicValue, _ y: SymbolicValue
    ) throws -> SymbolicValue {
        if let x = x.constant, let y = y.constant,
            let value = PythonArithmetic.comparison(kind, x, y)
        {
            return .constant(.boolean(value))
        }
        if kind == .isIn || kind == .isNotIn, let x = x.constant,
            let elements = elements(y)?.map(\.constant), !elements.contains(nil)
        {
            let isIn = elements.contains { other in
                other.map { PythonArithmetic.comparison(.equal, x, $0) == true } ?? false
            }
            return .constant(.boolean(isIn == (kind == .isIn)))
        }
        if kind == .isSame || kind == .isNotSame, y.constant == PythonConstant.none,
            isNeverNone(x)
        {
            return .constant(.boolean(kind == .isNotSame))
        }
        return .expression(
            try PythonExpression(.comparison(kind, expression(x), expression(y))).checked())
    }

    /// Whether a value cannot be `None`: a collection, a result of arithmetic, or an argument that the layer gets.
    private func isNeverNone(_ value: SymbolicValue) -> Bool {
        guard case .expression(let expression) = value else { return true }
        switch expression.node {
        case .name(let name): return parameters.contains(name)
        case .binary, .unary, .tuple, .list, .dictionary, .slice, .function: return true
        case .item(let x, _): return isNeverNone(.expression(x))
        default: return false
        }
    }

    private mutating func slice(
        _ start: SymbolicValue, _ stop: SymbolicValue, _ step: SymbolicValue
    ) throws -> SymbolicValue {
        let parts = try expressions([start, stop, step]).map {
            $0.constant == PythonConstant.none ? nil : $0
        }
        return .expression(try PythonExpression(.slice(parts[0], parts[1], parts[2])).checked())
    }

    private mutating func item(
        of x: SymbolicValue, at index: SymbolicValue
    ) throws -> SymbolicValue {
        if let elements = elements(x) {
            if let place = index.constant?.integer {
                let place = place < 0 ? place + elements.count : place
                guard elements.indices.contains(place) else {
                    throw SymbolicFault.notUnderstood("an index beyond the end of a list")
                }
                return elements[place]
            }
            if case .expression(let slice) = index,
                case .slice(let start, let stop, let step) = slice.node,
                let part = Self.part(of: elements, start, stop, step)
            {
                if case .list = x { return try newList(part) }
                return .tuple(try counted(part))
            }
        }
        if case .expression(let expression) = x, case .dictionary(let pairs) = expression.node,
            let key = index.constant, let pair = pairs.last(where: { $0.key.constant == key })
        {
            return .expression(pair.value)
        }
        return .expression(
            try PythonExpression(.item(expression(x), expression(index))).checked())
    }

    /// The elements in a slice with constant bounds.
    private static func part(
        of elements: [SymbolicValue], _ start: PythonExpression?, _ stop: PythonExpression?,
        _ step: PythonExpression?
    ) -> [SymbolicValue]? {
        guard [start, stop, step].allSatisfy({ $0 == nil || $0?.constant?.integer != nil }) else {
            return nil
        }
        let indices = PythonArithmetic.indices(
            start?.constant?.integer, stop?.constant?.integer, step?.constant?.integer ?? 1,
            count: elements.count)
        return indices?.map { elements[$0] }
    }

    /// The value as a list, which takes its place in all variables, if it has elements that are known, such as `tf.split(x, 2)`.
    private mutating func changeable(
        _ value: SymbolicValue, _ frame: inout Frame
    ) throws -> SymbolicValue {
        guard case .expression(let whole) = value, whole.depth > 1,
            let elements = try elements(value) ?? countedElements(value)
        else { return value }
        let list = try newList(elements)
        frame.replace(whole, with: list)
        return list
    }

    private mutating func setItem(
        _ value: SymbolicValue, of x: SymbolicValue, at index: SymbolicValue, _ frame: inout Frame
    ) throws {
        if case .expression(let whole) = x, case .dictionary(let pairs) = whole.node {
            let key = try expression(index)
            let others = pairs.filter { $0.key.constant == nil || $0.key.constant != key.constant }
            let all = others + [(key, try expression(value))]
            frame.replace(
                whole, with: .expression(try PythonExpression(.dictionary(all)).checked()))
            return
        }
        guard case .list(let place) = x, let index = try plain(index)?.integer else {
            throw SymbolicFault.notUnderstood("an assignment to an element")
        }
        let position = index < 0 ? index + memory[place].count : index
        guard memory[place].indices.contains(position) else {
            throw SymbolicFault.notUnderstood("an index beyond the end of a list")
        }
        lowestChange = min(lowestChange, place)
        memory[place][position] = value
    }
}

extension SymbolicMachine.Frame {
    /// Puts another value where an expression is, in all variables and on the stack.
    fileprivate mutating func replace(
        _ expression: PythonExpression, with value: SymbolicValue
    ) {
        func isSame(_ other: SymbolicValue) -> Bool {
            if case .expression(let other) = other { other === expression } else { false }
        }
        for (name, other) in variables where isSame(other) { variables[name] = value }
        for (index, other) in stack.enumerated() where isSame(other) { stack[index] = value }
    }
}
