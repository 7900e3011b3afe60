import GraphIR
import Tensors

extension OpCase {
    /// The operators of `Unary` and `Binary` by kind.
    static let unaryOperators: [(Unary.Kind, String)] = [
        (.abs, "ABS"), (.neg, "NEG"), (.exp, "EXP"), (.log, "LOG"), (.sqrt, "SQRT"),
        (.rsqrt, "RSQRT"), (.square, "SQUARE"), (.sin, "SIN"), (.cos, "COS"), (.floor, "FLOOR"),
        (.ceil, "CEIL"), (.sign, "SIGN"), (.round, "ROUND"), (.tanh, "TANH"),
        (.sigmoid, "LOGISTIC"), (.relu, "RELU"), (.relu6, "RELU6"), (.reluN1To1, "RELU_N1_TO_1"),
        (.relu0To1, "RELU_0_TO_1"), (.elu, "ELU"), (.hardSwish, "HARD_SWISH"),
    ]

    static let binaryOperators: [(Binary.Kind, String)] = [
        (.add, "ADD"), (.subtract, "SUB"), (.multiply, "MUL"), (.divide, "DIV"),
        (.maximum, "MAXIMUM"), (.minimum, "MINIMUM"), (.power, "POW"),
        (.squaredDifference, "SQUARED_DIFFERENCE"), (.floorDivide, "FLOOR_DIV"),
        (.floorModulo, "FLOOR_MOD"), (.equal, "EQUAL"), (.notEqual, "NOT_EQUAL"),
        (.less, "LESS"), (.lessEqual, "LESS_EQUAL"), (.greater, "GREATER"),
        (.greaterEqual, "GREATER_EQUAL"),
    ]

    /// The axes that every runtime broadcasts.
    static func broadcastLimit(_ kind: Binary.Kind) -> Int {
        switch kind {
        case .add, .subtract, .multiply: 6
        case .divide, .maximum, .minimum: 5
        default: 4
        }
    }

    static let elementwise: [OpCase] =
        unaryOperators.flatMap { kind, name in
            [
                OpCase("\(kind)", .unary(Unary(kind)), [float(2, 3, 4)], name),
                OpCase("\(kind) rank 6", .unary(Unary(kind)), [float(2, 1, 2, 1, 2, 3)], name),
            ]
        }
        + binaryOperators.flatMap { kind, name in
            [
                OpCase("\(kind)", .binary(Binary(kind)), [float(2, 3, 4), float(2, 3, 4)], name),
                OpCase(
                    "\(kind) broadcast", .binary(Binary(kind)), [float(-1, 3, 4), weights(4)],
                    name),
                OpCase(
                    "\(kind) rank 5", .binary(Binary(kind)),
                    [float(2, 3, 1, 2, 2), float(1, 3, 4, 1, 2)],
                    broadcastLimit(kind) < 5 ? "BROADCAST_TO BROADCAST_TO \(name)" : name),
                OpCase(
                    "\(kind) rank 6", .binary(Binary(kind)),
                    [float(-1, 2, 1, 2, 3, 2), weights(3, 2)],
                    broadcastLimit(kind) < 6 ? "RESHAPE \(name) RESHAPE" : name),
                OpCase(
                    "\(kind) int32", .binary(Binary(kind)),
                    [typed(.int32, 2, 3), typed(.int32, 3)], name),
            ]
        } + [
            OpCase("abs int32", .unary(Unary(.abs)), [typed(.int32, 3)], "ABS"),
            OpCase("neg int32", .unary(Unary(.neg)), [typed(.int32, 3)], "NEG"),
            OpCase("neg int64", .unary(Unary(.neg)), [typed(.int64, 3)], "NEG"),
            OpCase("sign int32", .unary(Unary(.sign)), [typed(.int32, 3)], "SIGN"),
            OpCase("square int32", .unary(Unary(.square)), [typed(.int32, 3)], "MUL"),
            OpCase("not", .unary(Unary(.logicalNot)), [typed(.bool, 3)], "LOGICAL_NOT"),
            OpCase(
                "and", .binary(Binary(.logicalAnd)), [typed(.bool, 2, 3), typed(.bool, 3)],
                "LOGICAL_AND"),
            OpCase(
                "or", .binary(Binary(.logicalOr)), [typed(.bool, 2, 3), typed(.bool, 2, 1)],
                "LOGICAL_OR"),
            OpCase(
                "add int64", .binary(Binary(.add)), [typed(.int64, 2, 3), typed(.int64, 3)],
                "ADD"),
            OpCase(
                "subtract, relu", .binary(Binary(.subtract, activation: .relu)),
                [float(2, 3), weights(2, 3)], "SUB"),
            OpCase(
                "divide, relu6", .binary(Binary(.divide, activation: .relu6)),
                [float(2, 3), weights(2, 3)], "DIV"),
            OpCase(
                "arc tangent", .binary(Binary(.arcTangent)), [float(2, 3), float(2, 3)], "ATAN2"),
            OpCase(
                "arc tangent broadcast", .binary(Binary(.arcTangent)), [float(2, 3), weights(3)],
                "BROADCAST_TO ATAN2"),
            OpCase("leaky", .leakyReLU(LeakyReLU(alpha: 0.2)), [float(2, 3)], "LEAKY_RELU"),
            OpCase("leaky 0", .leakyReLU(LeakyReLU(alpha: 0)), [float(2, 3)], "RELU"),
            OpCase("prelu", .prelu(PReLU()), [float(2, 3, 4), weights(3, 4)], "PRELU"),
            OpCase(
                "prelu shared", .prelu(PReLU()), [float(2, 3, 3, 4), weights(1, 1, 4)], "PRELU"),
            OpCase("gelu", .gelu(GELU(approximate: false)), [float(2, 3)], "GELU"),
            OpCase("gelu tanh", .gelu(GELU(approximate: true)), [float(2, 3)], "GELU"),
            OpCase("softmax", .softmax(Softmax()), [float(2, 3)], "SOFTMAX"),
            OpCase("softmax rank 1", .softmax(Softmax()), [float(5)], "SOFTMAX"),
            OpCase("softmax rank 5", .softmax(Softmax()), [float(2, 1, 2, 2, 3)], "SOFTMAX"),
            OpCase("log softmax", .logSoftmax(LogSoftmax()), [float(2, 3)], "LOG_SOFTMAX"),
            OpCase(
                "l2", .l2Normalization(L2Normalization()), [float(2, 3, 4)], "L2_NORMALIZATION"),
            OpCase(
                "lrn",
                .localResponseNormalization(
                    LocalResponseNormalization(radius: 2, bias: 1, alpha: 0.5, beta: 0.75)),
                [float(1, 3, 3, 8)], "LOCAL_RESPONSE_NORMALIZATION"),
            OpCase(
                "select", .select(Select()), [typed(.bool, 2, 1), float(2, 3), weights(3)],
                "SELECT_V2"),
            OpCase(
                "select rank 5", .select(Select()),
                [typed(.bool, 2, 1, 1, 2, 1), float(2, 3, 1, 2, 2), float(1, 3, 4, 1, 2)],
                "SELECT_V2"),
        ]
}
