import Foundations
import GraphIR
import KerasFormat
import PythonCode
import Tensors

extension LambdaMeaning {
    package func binary(
        _ kind: PythonExpression.BinaryOperator, _ x: LambdaValue, _ y: LambdaValue
    ) throws -> LambdaValue {
        if let a = x.constant, let b = y.constant { return try plain(kind, a, b) }
        if let result = try elementwise(kind, x, y) { return result }
        if let result = try LambdaFunctions.complex(kind, x, y, self) { return result }
        if case .array = x { return try operation(onArrays: kind, x, y) }
        if case .array = y { return try operation(onArrays: kind, x, y) }
        if kind == .add, let a = x.elements, let b = y.elements { return .list(a + b) }
        if kind == .multiply, let elements = x.elements, let count = y.constant?.integer {
            guard count >= 0, elements.count * min(count, 1 << 20) <= 4096 else {
                throw LambdaFault.notUnderstood("a list of this length")
            }
            return .list(Array(repeatElement(elements, count: count).joined()))
        }
        return try operation(Self.operationName(kind, isLogical: isLogical(x, y)), x, y)
    }

    /// An operator on arrays of as many numbers, or of one and a number; nil for others.
    private func elementwise(
        _ kind: PythonExpression.BinaryOperator, _ x: LambdaValue, _ y: LambdaValue
    ) throws -> LambdaValue? {
        guard kind != .matrixMultiply, x.isArray || y.isArray else { return nil }
        let (a, b) = (x.elements ?? [x], y.elements ?? [y])
        let isSingle = (x.elements == nil, y.elements == nil)
        guard a.count == b.count || isSingle.0 || isSingle.1,
            (a + b).allSatisfy({ element in
                element.constant?.number != nil
                    || element.id.map { builder.shape(of: $0).rank == 0 } ?? false
            })
        else { return nil }
        return .array(
            try (0..<max(a.count, b.count)).map {
                try binary(kind, isSingle.0 ? x : a[$0], isSingle.1 ? y : b[$0])
            })
    }

    /// An operator on arrays of numbers or on one and a tensor.
    private func operation(
        onArrays kind: PythonExpression.BinaryOperator, _ x: LambdaValue, _ y: LambdaValue
    ) throws -> LambdaValue {
        let like = [x, y].lazy.compactMap(\.id).first
        let operands = try [x, y].map { LambdaValue.tensor(try tensor($0, like: like)) }
        return try operation(Self.operationName(kind, isLogical: false), operands[0], operands[1])
    }

    private func plain(
        _ kind: PythonExpression.BinaryOperator, _ a: PythonConstant, _ b: PythonConstant
    ) throws -> LambdaValue {
        let isRounded = dividesIntegers && kind == .divide && a.integer != nil && b.integer != nil
        guard let value = PythonArithmetic.binary(isRounded ? .floorDivide : kind, a, b) else {
            throw LambdaFault.notUnderstood("the operator '\(kind.rawValue)' on these numbers")
        }
        return .plain(value)
    }

    /// Whether both are truth values, on which `&` and `|` are logic.
    private func isLogical(_ values: LambdaValue...) -> Bool {
        values.allSatisfy { value in
            switch value {
            case .tensor(let x): builder.dtype(of: x) == .bool
            case .plain(.boolean): true
            default: false
            }
        }
    }

    private static func operationName(
        _ kind: PythonExpression.BinaryOperator, isLogical: Bool
    ) -> String {
        switch kind {
        case .add: "Add"
        case .subtract: "Subtract"
        case .multiply: "Multiply"
        case .divide: "TrueDivide"
        case .floorDivide: "FloorDivide"
        case .remainder: "Mod"
        case .power: "Power"
        case .matrixMultiply: "Matmul"
        case .and: isLogical ? "LogicalAnd" : "BitwiseAnd"
        case .or: isLogical ? "LogicalOr" : "BitwiseOr"
        case .exclusiveOr: isLogical ? "LogicalXor" : "BitwiseXor"
        case .shiftLeft: "LeftShift"
        case .shiftRight: "RightShift"
        }
    }

    package func unary(
        _ kind: PythonExpression.UnaryOperator, _ x: LambdaValue
    ) throws -> LambdaValue {
        if let constant = x.constant {
            guard let value = PythonArithmetic.unary(kind, constant) else {
                throw LambdaFault.notUnderstood("the operator '\(kind.rawValue)' on this value")
            }
            return .plain(value)
        }
        switch kind {
        case .positive: return x
        case .negative: return try operation("Negative", x)
        case .invert: return try operation(isLogical(x) ? "LogicalNot" : "BitwiseInvert", x)
        case .not: return .plain(.boolean(!(try isTrue(x))))
        }
    }

    package func comparison(
        _ kind: PythonExpression.Comparison, _ x: LambdaValue, _ y: LambdaValue
    ) throws -> LambdaValue {
        if let a = x.constant, let b = y.constant,
            let value = PythonArithmetic.comparison(kind, a, b)
        {
            return .plain(.boolean(value))
        }
        switch kind {
        case .less: return try operation("Less", x, y)
        case .lessOrEqual: return try operation("LessEqual", x, y)
        case .greater: return try operation("Greater", x, y)
        case .greaterOrEqual: return try operation("GreaterEqual", x, y)
        case .isSame, .isNotSame:
            guard x.isNone != y.isNone else { break }
            return .plain(.boolean(kind == .isNotSame))
        case .isIn, .isNotIn:
            guard let a = x.constant, let all = y.elements?.map(\.constant) else { break }
            return .plain(.boolean(all.contains(a) == (kind == .isIn)))
        case .equal, .notEqual:
            if let a = x.elements?.map(\.constant), let b = y.elements?.map(\.constant) {
                return .plain(.boolean((a == b) == (kind == .equal)))
            }
            if x.isNone != y.isNone { return .plain(.boolean(kind == .notEqual)) }
            return try operation(kind == .equal ? "Equal" : "NotEqual", x, y)
        }
        throw LambdaFault.notUnderstood("the comparison '\(kind.rawValue)' of these values")
    }

    package func item(of value: LambdaValue, at index: LambdaValue) throws -> LambdaValue {
        if let elements = value.elements, let part = try Self.part(elements, folded(index)) {
            switch (value, part) {
            case (.tuple, .list(let elements)): return .tuple(elements)
            case (.array, .list(let elements)): return .array(elements)
            default: return part
            }
        }
        if case .dictionary(let pairs) = value, let key = index.constant,
            let pair = pairs.last(where: { $0.key.constant == key })
        {
            return pair.value
        }
        guard value.constant == nil else {
            throw LambdaFault.notUnderstood("an element of a number")
        }
        if case .complex(let real, let imaginary) = value {
            return .complex(
                try tensor(item(of: .tensor(real), at: index)),
                try tensor(item(of: .tensor(imaginary), at: index)))
        }
        var x = try tensor(value)
        let items: [LambdaValue] = if case .tuple(let items) = index { items } else { [index] }
        let json = try items.enumerated().map { axis, item -> JSONValue in
            if let json = try plain(item) { return json }
            guard case .slice(let start, let stop, let step) = item, step.isNone,
                start.isNone || start.constant?.integer == 0, stop.id != nil,
                items[..<axis].allSatisfy({ $0.isWholeAxis })
            else { throw LambdaFault.computedIndex }
            x = try first(stop, of: x, axis: axis)
            return .object(JSONObject([("start", .null), ("stop", .null), ("step", .null)]))
        }
        return .tensor(try builder.indexed(x, by: json))
    }

    /// As many first elements along an axis as a free axis of another tensor has, which must not be more than there are.
    private func first(_ count: LambdaValue, of x: ValueID, axis: Int) throws -> ValueID {
        let positions = try operation("Arange", count)
        let taken = try operation(
            "Take", .tensor(x), positions, config: [("axis", .int(Int64(axis)))])
        return try tensor(taken)
    }

    /// The element or elements of a list; a slice gives a list.
    private static func part(
        _ elements: [LambdaValue], _ index: LambdaValue
    ) throws -> LambdaValue? {
        switch index {
        case .plain(let constant):
            guard let place = constant.integer else { return nil }
            let position = place < 0 ? place + elements.count : place
            guard elements.indices.contains(position) else {
                throw LambdaFault.notUnderstood("the index \(place) of \(elements.count) values")
            }
            return elements[position]
        case .slice(let start, let stop, let step):
            let bounds = [start, stop, step].map(\.constant)
            guard bounds.allSatisfy({ $0 == PythonConstant.none || $0?.integer != nil }) else {
                throw LambdaFault.computedIndex
            }
            return PythonArithmetic.indices(
                bounds[0]?.integer, bounds[1]?.integer, bounds[2]?.integer ?? 1,
                count: elements.count
            ).map { .list($0.map { elements[$0] }) }
        default: return nil
        }
    }

    /// A value as JSON, tensors that follow from shapes as their numbers; nil for others.
    func plain(_ value: LambdaValue) throws -> JSONValue? {
        builder.plain(try value.argument())
    }

    /// The value with its numbers instead of tensors that follow from shapes.
    func folded(_ value: LambdaValue) -> LambdaValue {
        switch value {
        case .tensor(let id): builder.plain(.tensor(id)).map { LambdaValue($0) } ?? value
        case .slice(let start, let stop, let step):
            .slice(folded(start), folded(stop), folded(step))
        case .tuple(let elements): .tuple(elements.map { folded($0) })
        case .list(let elements): .list(elements.map { folded($0) })
        case .array(let elements): .array(elements.map { folded($0) })
        case .plain, .dictionary, .path, .method, .function, .complex: value
        }
    }

    /// The outputs of an operation on values.
    func operations(
        _ name: String, _ operands: [LambdaValue], config: [(String, JSONValue)] = []
    ) throws -> [ValueID] {
        let arguments = OperationArguments(
            positional: try operands.map { try $0.argument() },
            config: LayerConfig(JSONObject(config)), in: builder)
        return try NamedOperation.named(name, as: name)(arguments, builder)
    }

    /// The result of an operation on values.
    func operation(
        _ name: String, _ operands: LambdaValue..., config: [(String, JSONValue)] = []
    ) throws -> LambdaValue {
        .tensor(try operations(name, operands, config: config)[0])
    }
}

extension LambdaValue {
    /// Whether an index takes its axis as it is, or one after another.
    fileprivate var isWholeAxis: Bool {
        if case .slice = self { true } else { false }
    }
}
