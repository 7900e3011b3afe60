import Problems

/// The instructions of a code object, in terms that all versions share.
struct DecodedCode {
    var instructions: [Instruction] = []
    /// The line of each instruction.
    var lines: [Int] = []

    /// - Throws: `Problem` if the instructions refer to constants, names or places that are not there.
    init(_ code: CodeObject, _ version: PythonVersion) throws {
        var decoder = InstructionDecoder(code, version)
        let table = LineTable(code, version)
        var places: [Int: Int] = [:]
        for raw in try RawInstruction.all(of: code, version) {
            places[raw.offset] = instructions.count
            let decoded = try decoder.decode(raw)
            instructions += decoded
            lines += [Int](repeating: table.line(at: raw.offset), count: decoded.count)
        }
        instructions = try instructions.map { try $0.retargeted(places) }
    }
}

extension Instruction {
    /// This instruction with the index of the one to go to instead of its offset.
    fileprivate func retargeted(_ places: [Int: Int]) throws -> Instruction {
        func place(_ offset: Int) throws -> Int {
            guard let place = places[offset] else {
                throw Problem.malformedCode("it jumps to where no instruction starts")
            }
            return place
        }
        switch self {
        case .jump(let offset): return .jump(try place(offset))
        case .next(let offset, let keeps):
            return .next(end: try place(offset), keepsIterator: keeps)
        case .branch(let condition, let offset, let keeps):
            return .branch(condition, to: try place(offset), keepsValue: keeps)
        default: return self
        }
    }
}

/// Translates the instructions of one code object.
struct InstructionDecoder {
    let code: CodeObject
    let version: PythonVersion
    /// The names of arguments for the next call (Python 3.11 and 3.12).
    var keywordNames: [String] = []
    /// Whether the end of a with statement was last.
    private var endsWith = false

    init(_ code: CodeObject, _ version: PythonVersion) {
        self.code = code
        self.version = version
    }

    /// What an instruction does; jumps name offsets.
    mutating func decode(_ raw: RawInstruction) throws -> [Instruction] {
        // Python 3.8 ends a with statement with numbers that are other instructions in 3.9.
        let isEnd = endsWith && ["LIST_TO_TUPLE", "SET_UPDATE"].contains(raw.name)
        endsWith = isEnd || raw.name == "WITH_CLEANUP_START"
        if isEnd || Self.withoutEffect.contains(raw.name) { return [.nothing] }
        if let instructions = try variables(raw) ?? names(raw) ?? copies(raw) {
            return instructions
        }
        let instruction =
            try operators(raw) ?? containers(raw) ?? stack(raw) ?? calls(raw) ?? jumps(raw)
        return [instruction ?? .notUnderstood(Self.describe(raw.name))]
    }

    private static let withoutEffect: Set = [
        "RESUME", "NOP", "COPY_FREE_VARS", "MAKE_CELL", "PRECALL", "NOT_TAKEN", "TO_BOOL",
        "SETUP_LOOP", "POP_BLOCK", "CACHE", "GEN_START", "END_FOR", "SETUP_ANNOTATIONS",
        "WITH_CLEANUP_FINISH", "END_FINALLY", "POP_FINALLY",
    ]

    func constant(_ index: Int) throws -> MarshalValue {
        guard code.constants.indices.contains(index) else {
            throw Problem.malformedCode("it uses a constant that is not there")
        }
        return code.constants[index]
    }

    func name(_ index: Int) throws -> String {
        guard code.names.indices.contains(index) else {
            throw Problem.malformedCode("it uses a name that is not there")
        }
        return code.names[index]
    }

    /// The variable that an instruction for locals means.
    func variable(_ index: Int) throws -> String {
        try Self.variable(index, in: version.hasCaches ? code.variables.all : code.variables.local)
    }

    /// The variable that an instruction for closures means.
    func closureVariable(_ index: Int) throws -> String {
        try Self.variable(
            index,
            in: version.hasCaches
                ? code.variables.all : code.variables.cells + code.variables.free)
    }

    private static func variable(_ index: Int, in names: [String]) throws -> String {
        guard names.indices.contains(index) else {
            throw Problem.malformedCode("it uses a variable that is not there")
        }
        return names[index]
    }

    /// An instruction that is not understood, in words for people who do not know instructions.
    private static func describe(_ name: String) -> String {
        let constructs: [(String, String)] = [
            ("STORE_ATTR", "an assignment to an attribute"),
            ("STORE_GLOBAL", "an assignment to a global variable"), ("WITH", "a with statement"),
            ("SETUP_", "a try or with statement"), ("EXC", "a try statement"),
            ("RERAISE", "a try statement"), ("PRINT_", "a print statement"),
            ("BUILD_CLASS", "a class"), ("SET", "a set"), ("MATCH", "a match statement"),
            ("DELETE_", "a del statement"), ("YIELD_FROM", "yield from"), ("AWAIT", "await"),
            ("ASYNC", "async"), ("BREAK_LOOP", "a break statement"),
            ("CONTINUE_LOOP", "a continue statement"),
        ]
        return constructs.first { name.contains($0.0) }?.1 ?? "the instruction \(name)"
    }
}
