import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Functions of two operands.
    static let arithmetic: [String: Single] = [
        "Add": { try $1.promoted(.add, $0) },
        "Subtract": { try $1.promoted(.subtract, $0) },
        "Multiply": { try $1.promoted(.multiply, $0) },
        "TrueDivide": { try $1.promoted(.divide, $0, float: true) },
        "Divide": { try $1.promoted(.divide, $0, float: true) },
        "FloorDivide": { try $1.promoted(.floorDivide, $0) },
        "Mod": { try $1.promoted(.floorModulo, $0) },
        "Power": { try $1.promoted(.power, $0) },
        "Maximum": { try $1.promoted(.maximum, $0) },
        "Minimum": { try $1.promoted(.minimum, $0) },
        "SquaredDifference": { try $1.promoted(.squaredDifference, $0) },
        "DivideNoNan": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            let zero = builder.scalar(0, like: x)
            return try builder.select(
                builder.binary(.equal, y, 0), zero,
                builder.divide(x, y))
        },
        "Arctan2": { arguments, builder in
            guard let first = arguments.argument(0, "x1", "y"),
                let second = arguments.argument(1, "x2", "x")
            else { throw Problem(.missingField("x")) }
            let like = first.tensors.first ?? second.tensors.first
            let values = try builder.commonType(
                [arguments.value(first, like: like), arguments.value(second, like: like)],
                float: true)
            return try builder.binary(.arcTangent, values[0], values[1])
        },
        "AddN": { arguments, builder in
            let inputs = try builder.commonType(arguments.inputs(), float: false)
            return try inputs.dropFirst().reduce(inputs[0]) { try builder.add($0, $1) }
        },
        "Logaddexp": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            let difference = try builder.subtract(y, x)
            return try builder.add(x, builder.softplus(difference))
        },
        "Hypot": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            return try builder.unary(
                .sqrt,
                builder.add(builder.unary(.square, x), builder.unary(.square, y)))
        },
    ]
}

extension GraphBuilder {
    /// A function of two operands, cast to their common type.
    func promoted(
        _ kind: Binary.Kind, _ arguments: OperationArguments, float: Bool = false
    ) throws -> ValueID {
        let (a, b) = try arguments.operands("bias")
        var values = try commonType([a, b], float: float)
        if dtype(of: values[0]) == .bool, kind != .equal, kind != .notEqual {
            values = try values.map { try cast($0, to: .int32) }
        }
        let type = dtype(of: values[0])
        guard let limits = type.narrowRange else {
            return try binary(kind, values[0], values[1])
        }
        let wide = try values.map { try cast($0, to: .int32) }
        let y = try binary(kind, wide[0], wide[1])
        if kind.isComparison { return y }
        let count = Double(limits.upperBound - limits.lowerBound + 1)
        let lowest = Double(limits.lowerBound)
        let wrapped = try binary(.floorModulo, binary(.subtract, y, lowest), count)
        return try cast(binary(.add, wrapped, lowest), to: type)
    }
}

extension DType {
    /// The numbers of an integer type for which LiteRT has no arithmetic, so that it is done in 32 bits and wraps around.
    fileprivate var narrowRange: ClosedRange<Int>? {
        switch self {
        case .int8: -128...127
        case .uint8: 0...255
        case .int16: -32768...32767
        case .uint16: 0...65535
        default: nil
        }
    }
}
