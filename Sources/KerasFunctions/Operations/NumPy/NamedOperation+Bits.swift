import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Functions of the bits of integers.
    static let bits: [String: Single] = [
        "BitwiseAnd": { try $1.bitwise($0, .logicalAnd) },
        "BitwiseOr": { try $1.bitwise($0, .logicalOr) },
        "BitwiseXor": { try $1.bitwise($0, .notEqual) },
        "BitwiseNot": { try $1.complement($0.input()) },
        "BitwiseInvert": { try $1.complement($0.input()) },
        "LeftShift": { try $1.shifted($0, .multiply) },
        "BitwiseLeftShift": { try $1.shifted($0, .multiply) },
        "RightShift": { try $1.shifted($0, .floorDivide) },
        "BitwiseRightShift": { try $1.shifted($0, .floorDivide) },
    ]
}

extension GraphBuilder {
    /// −1 − x, or the opposite of a truth value.
    fileprivate func complement(_ x: ValueID) throws -> ValueID {
        if dtype(of: x) == .bool { return try unary(.logicalNot, x) }
        return try subtract(scalar(-1, like: x), x)
    }

    /// x · 2ⁿ or ⌊x / 2ⁿ⌋.
    fileprivate func shifted(
        _ arguments: OperationArguments, _ kind: Binary.Kind
    ) throws -> ValueID {
        let (x, count) = try arguments.operands()
        let power = try binary(
            .power, constant(.filled(2, []), role: "two"), floating(count))
        let type = dtype(of: x)
        let values = try [x, power].map { try cast($0, to: .int32) }
        return try cast(binary(kind, values[0], values[1]), to: type)
    }

    /// A function of each of the 32 bits of two integers in two's complement, or of two truth values.
    fileprivate func bitwise(
        _ arguments: OperationArguments, _ kind: Binary.Kind
    ) throws -> ValueID {
        let (a, b) = try arguments.operands()
        if dtype(of: a) == .bool, dtype(of: b) == .bool { return try binary(kind, a, b) }
        let type = dtype(of: dtype(of: a) == .bool ? b : a)
        let values = try [a, b].map { try cast($0, to: .int32) }
        let powers = constant(Constant((0..<31).map { 1 << $0 }, [31]), role: "powers")
        let bits = try values.map { value in
            let column = try expandDimension(value, at: shape(of: value).rank)
            return try binary(
                .equal, binary(.floorModulo, binary(.floorDivide, column, powers), 2), 1)
        }
        let signs = try values.map { try binary(.less, $0, 0) }
        let kept = try cast(binary(kind, bits[0], bits[1]), to: .int32)
        let sum = try reduce(
            .sum, multiply(kept, powers), axes: [shape(of: kept).rank - 1])
        let sign = try cast(binary(kind, signs[0], signs[1]), to: .int32)
        let y = try add(sum, binary(.multiply, sign, -2_147_483_648))
        return try cast(y, to: type)
    }
}
