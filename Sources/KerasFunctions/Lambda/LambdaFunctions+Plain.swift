import Foundations
import PythonCode

extension LambdaFunctions {
    /// Functions of Python's own.
    static let python: [String: Function] = [
        "python.len": { meaning, arguments in
            let x = try arguments.required(0, "x")
            if let elements = x.elements { return .integer(elements.count) }
            guard case .tensor(let id) = x,
                let extent = meaning.builder.shape(of: id).dims.first,
                extent >= 0
            else { throw LambdaFault.notUnderstood("the length of this value") }
            return .integer(extent)
        },
        "python.float": { _, arguments in .plain(.float(try number(arguments))) },
        "python.int": { _, arguments in
            guard let value = Int(exactly: try number(arguments).rounded(.towardZero)) else {
                throw LambdaFault.notUnderstood("an integer of this size")
            }
            return .integer(value)
        },
        "python.abs": { meaning, arguments in
            let x = try arguments.required(0, "x")
            guard let value = x.constant?.number else { return try meaning.operation("Abs", x) }
            return value < 0 ? try meaning.unary(.negative, x) : x
        },
        "python.max": { try extremum($0, $1, .greater) },
        "python.min": { try extremum($0, $1, .less) },
        "python.sum": { meaning, arguments in
            let terms = try elements(arguments)
            guard let first = terms.first else { return .integer(0) }
            return try terms.dropFirst().reduce(first) { try meaning.binary(.add, $0, $1) }
        },
        "python.pow": { meaning, arguments in
            try meaning.binary(
                .power, arguments.required(0, "base"), arguments.required(1, "exp"))
        },
        "python.tuple": { _, arguments in .tuple(try elements(arguments)) },
        "python.list": { _, arguments in .list(try elements(arguments)) },
        "python.print": { _, _ in .none },
        "python.isinstance": { _, arguments in
            let value = try arguments.required(0, "x")
            let types = try arguments.required(1, "type")
            return .plain(
                .boolean((types.elements ?? [types]).contains { isOne(value, of: $0) }))
        },
    ]

    private static func elements(_ arguments: LambdaArguments) throws -> [LambdaValue] {
        guard let elements = arguments.value(0, "iterable", "a")?.elements else {
            throw LambdaFault.notUnderstood("the elements of this value")
        }
        return elements
    }

    private static func isOne(_ value: LambdaValue, of type: LambdaValue) -> Bool {
        guard case .path(let path) = type else { return false }
        return switch (value, path) {
        case (.list, "python.list"), (.tuple, "python.tuple"): true
        case (.plain(.integer), "python.int"), (.plain(.float), "python.float"): true
        case (.plain(.string), "python.str"), (.plain(.boolean), "python.bool"): true
        default: false
        }
    }

    private static func extremum(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, _ kind: PythonExpression.Comparison
    ) throws -> LambdaValue {
        let all = arguments.positional
        let values = all.count == 1 ? all[0].elements ?? all : all
        guard let first = values.first else { throw LambdaFault.notUnderstood("no values") }
        return try values.dropFirst().reduce(first) { best, value in
            try meaning.isTrue(meaning.comparison(kind, value, best)) ? value : best
        }
    }

    private static func array(_ value: LambdaValue) -> LambdaValue {
        value.elements.map { .array($0) } ?? value
    }

    private static func number(_ arguments: LambdaArguments) throws -> Double {
        let value = try arguments.required(0, "x")
        if let number = value.constant?.number { return number }
        if case .string(let text)? = value.constant, let number = Double(text) { return number }
        throw LambdaFault.notUnderstood("a number that is computed")
    }

    /// Whether the function at a path is one on plain numbers, and the call has no tensors.
    ///
    /// Functions of NumPy on arrays are those of `keras.ops`.
    static func isOnNumbers(_ path: String, _ arguments: LambdaArguments) -> Bool {
        guard path.hasPrefix("np."),
            !["np.array", "np.asarray", "np.eye", "np.identity"].contains(path)
        else { return true }
        let elements = arguments.positional.first.map { $0.elements ?? [$0] } ?? []
        return arguments.positional.count + arguments.named.count == 1
            && elements.allSatisfy { $0.constant?.number != nil }
    }

    /// Functions of NumPy and `math` on plain numbers.
    static var numbers: [String: Function] {
        var table: [String: Function] = [
            "array": { _, arguments in array(try arguments.required(0, "object")) },
            "asarray": { _, arguments in array(try arguments.required(0, "a")) },
            "eye": { try identityMatrix($0, $1) },
            "identity": { try identityMatrix($0, $1) },
            "prod": { meaning, arguments in
                let factors = try elements(arguments)
                return try factors.reduce(.integer(1)) { try meaning.binary(.multiply, $0, $1) }
            },
            "sum": { meaning, arguments in
                let terms = try elements(arguments)
                return try terms.reduce(.integer(0)) { try meaning.binary(.add, $0, $1) }
            },
        ]
        for type in ["float32", "float64", "float16"] {
            table[type] = { _, arguments in .plain(.float(try number(arguments))) }
        }
        for type in ["int32", "int64", "int8", "uint8"] { table[type] = python["python.int"] }
        let functions: [(String, @Sendable (Double) -> Double)] = [
            ("sqrt", { $0.squareRoot() }), ("exp", { exp($0) }), ("log", { log($0) }),
            ("sin", { sin($0) }), ("cos", { cos($0) }), ("tanh", { tanh($0) }),
            ("log2", { log2($0) }), ("log10", { log10($0) }),
        ]
        for (name, function) in functions {
            table[name] = { _, arguments in .plain(.float(function(try number(arguments)))) }
        }
        for (name, rule) in [("floor", FloatingPointRoundingRule.down), ("ceil", .up)] {
            table[name] = { _, arguments in
                .plain(.float(try number(arguments).rounded(rule)))
            }
        }
        return table
    }
}
