import Problems

/// Follows the instructions of a function with expressions for values.
///
/// Nothing is executed: a call of a name becomes an expression that holds the call. Calls of functions that the code itself makes
/// are followed, loops over known sequences and branches on constants too; a branch on anything else is followed both ways and
/// becomes a conditional expression.
struct SymbolicMachine {
    /// Tells the value of an expression that a branch or loop depends on; nil if it is not a plain value.
    typealias Oracle = (PythonExpression) -> PythonConstant?

    /// The state of one call.
    struct Frame {
        let code: CodeObject
        let decoded: DecodedCode
        let depth: Int
        var position = 0
        var stack: [SymbolicValue] = []
        var variables: [String: SymbolicValue] = [:]
        /// The places of variables that several functions share.
        var cells: [String: Int] = [:]
        /// What a generator has yielded.
        var yielded: [SymbolicValue] = []
    }

    let version: PythonVersion
    let budget = SymbolicBudget()
    let oracle: Oracle?
    /// Lists, and shared variables as lists of one element or none.
    var memory: [[SymbolicValue]] = []
    /// The lowest place in memory that has changed since a branch began.
    var lowestChange = Int.max
    /// The line that is being followed.
    var line = 0
    /// Names that are parameters, not globals.
    var parameters: Set<String> = []

    init(version: PythonVersion, oracle: Oracle?) {
        self.version = version
        self.oracle = oracle
    }

    /// The value that a function returns for these variables.
    mutating func run(
        _ code: CodeObject, _ variables: [String: SymbolicValue], closure: [Int], depth: Int
    ) throws -> SymbolicValue {
        guard depth <= SymbolicBudget.deepestCalls else { throw SymbolicFault.tooLong }
        try budget.spend(code.bytes.count / 2)
        var frame = Frame(
            code: code, decoded: try DecodedCode(code, version), depth: depth,
            variables: variables)
        for name in code.variables.cells {
            frame.cells[name] = memory.count
            memory.append(variables[name].map { [$0] } ?? [])
        }
        guard closure.count == code.variables.free.count else {
            throw Problem.malformedCode("it has a closure of another length")
        }
        for (name, place) in zip(code.variables.free, closure) { frame.cells[name] = place }
        return try run(&frame)
    }

    /// The value that a call returns from where it is on.
    mutating func run(_ frame: inout Frame) throws -> SymbolicValue {
        while true {
            try budget.spend()
            guard frame.decoded.instructions.indices.contains(frame.position) else {
                throw Problem.malformedCode("it ends without returning")
            }
            guard frame.stack.count <= SymbolicBudget.largestStack else {
                throw SymbolicFault.tooLong
            }
            let instruction = frame.decoded.instructions[frame.position]
            line = frame.decoded.lines[frame.position]
            frame.position += 1
            switch instruction {
            case .end:
                let value = try frame.pop()
                return frame.code.isGenerator ? .iterator(frame.yielded[...]) : value
            case .branch(let condition, let target, let keepsValue):
                if let value = try branch(condition, target, keepsValue, &frame) { return value }
            default:
                try step(instruction, &frame)
            }
        }
    }

    private mutating func step(_ instruction: Instruction, _ frame: inout Frame) throws {
        switch instruction {
        case .nothing: return
        case .jump(let target): frame.position = target
        case .raise: throw SymbolicFault.raised
        case .notUnderstood(let construct): throw SymbolicFault.notUnderstood(construct)
        case .yield:
            frame.yielded.append(try frame.pop())
            frame.stack.append(.constant(.none))
        case .iterate: frame.stack.append(.iterator(try sequence(frame.pop())[...]))
        case .next(let end, let keepsIterator): try advance(to: end, keepsIterator, &frame)
        case .call(let call): try self.call(call, &frame)
        case .makeFunction(let function): try makeFunction(function, &frame)
        case .functionAttribute(let part): try setPart(part, &frame)
        case .load, .store, .delete, .constant, .global, .cell, .attribute, .null, .importName,
            .importFrom:
            try access(instruction, &frame)
        case .pop, .copy, .swap, .rotate: try frame.rearrange(instruction)
        case .binary, .unary, .comparison, .item, .storeItem, .itemSlice, .slice:
            try operate(instruction, &frame)
        default: try collect(instruction, &frame)
        }
    }

    private mutating func advance(
        to end: Int, _ keepsIterator: Bool, _ frame: inout Frame
    ) throws {
        guard case .iterator(var rest) = try frame.pop() else { throw Frame.malformed }
        guard let element = rest.popFirst() else {
            if keepsIterator { frame.stack.append(.iterator(rest)) }
            frame.position = end
            return
        }
        frame.stack += [.iterator(rest), element]
    }
}

extension SymbolicMachine.Frame {
    static let malformed = Problem.malformedCode("its instructions do not fit together")

    mutating func pop() throws -> SymbolicValue {
        guard let value = stack.popLast() else { throw Self.malformed }
        return value
    }

    mutating func pop(_ count: Int) throws -> [SymbolicValue] {
        guard count <= stack.count else { throw Self.malformed }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    /// The index of the value at a depth, where the top has depth 1.
    func index(depth: Int) throws -> Int {
        guard depth >= 1, depth <= stack.count else { throw Self.malformed }
        return stack.count - depth
    }

    mutating func rearrange(_ instruction: Instruction) throws {
        switch instruction {
        case .copy(let depth): stack.append(stack[try index(depth: depth)])
        case .swap(let depth): stack.swapAt(try index(depth: depth), try index(depth: 1))
        case .rotate(let count):
            let place = try index(depth: count)
            stack.insert(stack.removeLast(), at: place)
        default: _ = try pop()
        }
    }
}
