import GraphIR
import TFLiteFormat

extension Binary.Kind {
    /// The operator that computes the function.
    package var builtin: BuiltinOperator {
        switch self {
        case .add: .add
        case .subtract: .sub
        case .multiply: .mul
        case .divide: .div
        case .maximum: .maximum
        case .minimum: .minimum
        case .power: .pow
        case .squaredDifference: .squaredDifference
        case .floorDivide: .floorDiv
        case .floorModulo: .floorMod
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessEqual: .lessEqual
        case .greater: .greater
        case .greaterEqual: .greaterEqual
        case .logicalAnd: .logicalAnd
        case .logicalOr: .logicalOr
        }
    }
}

extension Unary.Kind {
    /// The operator that computes the function.
    package var builtin: BuiltinOperator {
        switch self {
        case .abs: .abs
        case .neg: .neg
        case .exp: .exp
        case .log: .log
        case .sqrt: .sqrt
        case .rsqrt: .rsqrt
        case .square: .square
        case .sin: .sin
        case .cos: .cos
        case .floor: .floor
        case .ceil: .ceil
        case .sign: .sign
        case .round: .round
        case .tanh: .tanh
        case .sigmoid: .logistic
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .relu0To1: .relu0To1
        case .elu: .elu
        case .hardSwish: .hardSwish
        case .logicalNot: .logicalNot
        }
    }
}

extension Reduce.Kind {
    /// The operator that computes the function.
    package var builtin: BuiltinOperator {
        switch self {
        case .sum: .sum
        case .mean: .mean
        case .max: .reduceMax
        case .min: .reduceMin
        case .product: .reduceProd
        case .any: .reduceAny
        case .all: .reduceAll
        }
    }
}
