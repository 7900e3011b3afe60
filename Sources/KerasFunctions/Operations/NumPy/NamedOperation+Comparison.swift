import GraphIR
import Tensors

extension NamedOperation {
    /// Comparisons and logic.
    static let comparison: [String: Single] = [
        "Equal": { try $1.promoted(.equal, $0) },
        "NotEqual": { try $1.promoted(.notEqual, $0) },
        "Greater": { try $1.promoted(.greater, $0) },
        "GreaterEqual": { try $1.promoted(.greaterEqual, $0) },
        "Less": { try $1.promoted(.less, $0) },
        "LessEqual": { try $1.promoted(.lessEqual, $0) },
        "LogicalAnd": { try $1.logical(.logicalAnd, $0) },
        "LogicalOr": { try $1.logical(.logicalOr, $0) },
        "LogicalXor": { try $1.logical(.notEqual, $0) },
        "LogicalNot": { try $1.unary(.logicalNot, $1.truth($0.input())) },
        "Isnan": { arguments, builder in
            let x = try arguments.floatInput()
            return try builder.binary(.notEqual, x, x)
        },
        "Where": { arguments, builder in
            guard let condition = arguments.argument(0, "condition"),
                let first = arguments.argument(1, "x1", "x"),
                let second = arguments.argument(2, "x2", "y")
            else { return try arguments.operands().0 }
            let like = first.tensors.first ?? second.tensors.first
            let choices = try builder.commonType(
                [arguments.value(first, like: like), arguments.value(second, like: like)],
                float: false)
            return try builder.select(
                builder.truth(arguments.value(condition)), choices[0], choices[1])
        },
    ]
}

extension GraphBuilder {
    fileprivate func logical(
        _ kind: Binary.Kind, _ arguments: OperationArguments
    ) throws -> ValueID {
        let (a, b) = try arguments.operands()
        return try binary(kind, truth(a), truth(b))
    }
}
