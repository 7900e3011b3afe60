import Problems

extension SymbolicMachine {
    /// Variables, constants, names and attributes.
    mutating func access(_ instruction: Instruction, _ frame: inout Frame) throws {
        switch instruction {
        case .load(let name, clearing: false): frame.stack.append(try value(of: name, frame))
        case .load(let name, clearing: true):
            frame.stack.append(frame.variables[name] ?? .null)
            frame.variables[name] = nil
        case .store(let name): try store(frame.pop(), in: name, &frame)
        case .delete(let name): frame.variables[name] = nil
        case .constant(let constant): frame.stack.append(try value(constant))
        case .global(let name): frame.stack.append(global(name))
        case .cell(let name):
            guard let place = frame.cells[name] else { throw Frame.malformed }
            frame.stack.append(.cell(place))
        case .attribute(let name): frame.stack.append(try attribute(name, of: frame.pop()))
        case .null: frame.stack.append(.null)
        case .importName(let name):
            _ = try frame.pop(2)
            frame.stack.append(Self.module(name))
        case .importFrom(let name):
            guard let module = frame.stack.last else { throw Frame.malformed }
            frame.stack.append(try attribute(name, of: module))
        default: return
        }
    }

    private func value(of name: String, _ frame: Frame) throws -> SymbolicValue {
        let value = frame.cells[name].map { memory[$0].first } ?? frame.variables[name]
        guard let value else {
            throw SymbolicFault.notUnderstood("the variable '\(name)' before it has a value")
        }
        return value
    }

    private mutating func store(
        _ value: SymbolicValue, in name: String, _ frame: inout Frame
    ) throws {
        if let place = frame.cells[name] {
            lowestChange = min(lowestChange, place)
            memory[place] = [value]
        } else if case .null = value {
            frame.variables[name] = nil
        } else {
            frame.variables[name] = value
        }
    }

    /// In Python 2 the names of the booleans are globals.
    private func global(_ name: String) -> SymbolicValue {
        switch name {
        case "True": .constant(.boolean(true))
        case "False": .constant(.boolean(false))
        case "None": .constant(.none)
        default: .expression(PythonExpression(name: name))
        }
    }

    /// A module by its path; `import a.b` gives `a`, and `import a.b as c` asks it for `b` next.
    private static func module(_ path: String) -> SymbolicValue {
        let root = path.split(separator: ".").first.map(String.init) ?? path
        return .expression(PythonExpression(name: root))
    }

    private mutating func attribute(
        _ name: String, of value: SymbolicValue
    ) throws -> SymbolicValue {
        if case .list(let place) = value { return .method(list: place, name) }
        return .expression(try PythonExpression(.attribute(expression(value), name)).checked())
    }

    /// A stored constant as a value.
    func value(_ constant: MarshalValue) throws -> SymbolicValue {
        try budget.spend()
        switch constant {
        case .none: return .constant(.none)
        case .ellipsis: return .constant(.ellipsis)
        case .boolean(let value): return .constant(.boolean(value))
        case .integer(let value): return .constant(.integer(value))
        case .float(let value): return .constant(.float(value))
        case .bytes, .text: return .constant(.string(constant.string ?? ""))
        case .tuple(let elements), .list(let elements), .set(let elements):
            return .tuple(try elements.map { try value($0) })
        case .slice(let start, let stop, let step):
            let parts = try [start, stop, step].map { part -> PythonExpression? in
                let value = try value(part)
                guard case .expression(let expression) = value else { throw Frame.malformed }
                return expression.constant == PythonConstant.none ? nil : expression
            }
            return .expression(PythonExpression(.slice(parts[0], parts[1], parts[2])))
        case .code(let code): return .code(code)
        case .dictionary: throw Frame.malformed
        case .other(let what): throw SymbolicFault.notUnderstood(what)
        }
    }
}
