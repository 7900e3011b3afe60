import GraphIR
import KerasFormat
import PythonCode
import Tensors

extension LambdaFunctions {
    /// Functions that call another one again and again, which are written out step by step.
    static let loops: [String: Function] = [
        "tf.foldl": { try fold($0, $1, isReversed: false) },
        "tf.foldr": { try fold($0, $1, isReversed: true) },
        "K.foldl": { try fold($0, $1, isReversed: false) },
        "K.foldr": { try fold($0, $1, isReversed: true) },
        "tf.scan": { try scanned($0, $1) },
        "ops.scan": { try carried($0, $1) },
        "tf.while_loop": { try whileTrue($0, $1) },
        "ops.while_loop": { try whileTrue($0, $1) },
        "ops.fori_loop": { try counted($0, $1) },
        "functools.partial": { meaning, arguments in
            guard let function = arguments.positional.first else {
                throw LambdaFault.notUnderstood("'functools.partial' without a function")
            }
            let bound = Array(arguments.positional.dropFirst())
            return .function { rest in
                try meaning.entering { try meaning.call(function, bound + rest, arguments.named) }
            }
        },
    ]

    /// The most steps that are written out; the budget of the conversion may allow fewer.
    static let mostSteps = 4096

    /// The rows of a tensor, or the tuples of rows of several.
    ///
    /// - Throws: `LambdaFault` if their number is not known or too large.
    static func rows(
        of elements: LambdaValue, _ meaning: LambdaMeaning, for function: String
    ) throws -> [LambdaValue] {
        let tensors = try (elements.elements ?? [elements]).map { try meaning.tensor($0) }
        guard let first = tensors.first else {
            throw LambdaFault.notUnderstood("'\(function)' without elements")
        }
        let count = meaning.builder.shape(of: first).dims.first ?? Shape.free
        guard count != Shape.free else { throw LambdaFault.freeBatch(function) }
        guard (1...mostSteps).contains(count) else {
            throw LambdaFault.notUnderstood("'\(function)' over \(count) elements")
        }
        return try (0..<count).map { index in
            let parts = try tensors.map { try meaning.item(of: .tensor($0), at: .integer(index)) }
            return elements.elements == nil ? parts[0] : .tuple(parts)
        }
    }

    /// The values of all steps along a new first axis, those of each position of tuples apart.
    static func stacked(_ steps: [LambdaValue], _ meaning: LambdaMeaning) throws -> LambdaValue {
        guard let results = steps[0].elements?.count else {
            return .tensor(
                try meaning.builder.stacked(steps.map { try meaning.tensor($0) }, axis: 0))
        }
        return .tuple(
            try (0..<results).map { result in
                try stacked(steps.map { try meaning.item(of: $0, at: .integer(result)) }, meaning)
            })
    }

    private static func function(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, _ position: Int, _ names: String...
    ) throws -> ([LambdaValue]) throws -> LambdaValue {
        for name in names {
            if let value = arguments.value(position, name), let body = try meaning.body(value) {
                return body
            }
        }
        throw LambdaFault.notUnderstood("'\(arguments.function)' of these arguments")
    }

    private static func fold(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments, isReversed: Bool
    ) throws -> LambdaValue {
        let body = try function(meaning, arguments, 0, "fn")
        let elements = try arguments.required(1, "elems")
        var steps = try rows(of: elements, meaning, for: arguments.function)[...]
        if isReversed { steps = ArraySlice(steps.reversed()) }
        let first = arguments.value(2, "initializer") ?? steps.removeFirst()
        return try steps.reduce(first) { try body([$0, $1]) }
    }

    /// `tf.scan`: the values that a fold takes on the way.
    private static func scanned(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let body = try function(meaning, arguments, 0, "fn")
        var steps = try rows(
            of: arguments.required(1, "elems"), meaning, for: arguments.function)[...]
        let isReversed = try arguments.value(7, "reverse").map { try meaning.isTrue($0) } ?? false
        if isReversed { steps = ArraySlice(steps.reversed()) }
        var found: [LambdaValue] = []
        let initial = arguments.value(2, "initializer")
        var value = initial ?? steps[steps.startIndex]
        if initial == nil { found.append(steps.removeFirst()) }
        for step in steps {
            value = try body([value, step])
            found.append(value)
        }
        return try stacked(isReversed ? found.reversed() : found, meaning)
    }

    /// `ops.scan`: the last state, and what each step returns beside it.
    private static func carried(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let body = try function(meaning, arguments, 0, "f")
        var state = try arguments.required(1, "init")
        let isReversed = try arguments.value(4, "reverse").map { try meaning.isTrue($0) } ?? false
        let steps: [LambdaValue]
        if let elements = arguments.value(2, "xs") {
            steps = try rows(of: elements, meaning, for: arguments.function)
        } else {
            steps = Array(
                repeating: .none,
                count: try count(arguments.value(3, "length"), meaning, arguments.function))
        }
        var found: [LambdaValue] = []
        for step in isReversed ? steps.reversed() : steps {
            guard let pair = try body([state, step]).elements, pair.count == 2 else {
                throw LambdaFault.notUnderstood("a step of '\(arguments.function)'")
            }
            state = pair[0]
            found.append(pair[1])
        }
        guard let first = found.first, !first.isNone else { return .tuple([state, .none]) }
        return .tuple([state, try stacked(isReversed ? found.reversed() : found, meaning)])
    }

    /// A loop whose condition does not depend on inputs.
    private static func whileTrue(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let condition = try function(meaning, arguments, 0, "cond")
        let step = try function(meaning, arguments, 1, "body")
        let initial = try arguments.required(2, "loop_vars")
        let isSingle = initial.elements == nil
        var values = initial.elements ?? [initial]
        let limit = arguments.value(nil, "maximum_iterations")
        let most = try limit.map { try count($0, meaning, arguments.function) } ?? Int.max
        var steps = 0
        while steps < most {
            values = values.map { meaning.folded($0) }
            guard try meaning.isTrue(condition(values)) else { break }
            guard steps < mostSteps else {
                throw LambdaFault.notUnderstood(
                    "'\(arguments.function)' with more than \(mostSteps) steps")
            }
            let result = try step(values)
            values = isSingle ? [result.elements?.first ?? result] : result.elements ?? [result]
            guard values.count == (initial.elements?.count ?? 1) else {
                throw LambdaFault.notUnderstood("a step of '\(arguments.function)'")
            }
            steps += 1
        }
        return isSingle ? values[0] : .tuple(values)
    }

    private static func counted(
        _ meaning: LambdaMeaning, _ arguments: LambdaArguments
    ) throws -> LambdaValue {
        let step = try function(meaning, arguments, 2, "body_fun")
        let first = meaning.folded(try arguments.required(0, "lower")).constant?.integer
        let last = meaning.folded(try arguments.required(1, "upper")).constant?.integer
        guard let first, let last, abs(Double(last) - Double(first)) <= Double(mostSteps) else {
            throw LambdaFault.notUnderstood("the bounds of '\(arguments.function)'")
        }
        return try (first..<max(first, last)).reduce(arguments.required(3, "init_val")) {
            try step([.integer($1), $0])
        }
    }

    private static func count(
        _ value: LambdaValue?, _ meaning: LambdaMeaning, _ function: String
    ) throws -> Int {
        guard let value, let count = meaning.folded(value).constant?.integer, count >= 0,
            count <= mostSteps
        else { throw LambdaFault.notUnderstood("the number of steps of '\(function)'") }
        return count
    }
}
