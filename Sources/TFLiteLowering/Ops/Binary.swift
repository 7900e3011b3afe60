import GraphIR
import TFLiteFormat

extension Binary {
    /// The operator of the function's name.
    func lower(_ node: NodeLowering) throws {
        let (builtin, options) = target
        node.emit(builtin, node.inputs, options)
    }

    private var target: (BuiltinOperator, BuiltinOptions) {
        let activation = ActivationFunction(activation)
        return switch kind {
        case .add: (.add, .add(AddOptions(activation: activation)))
        case .subtract: (.sub, .sub(SubOptions(activation: activation)))
        case .multiply: (.mul, .mul(MulOptions(activation: activation)))
        case .divide: (.div, .div(DivOptions(activation: activation)))
        case .maximum: (.maximum, .empty(.maximumMinimum))
        case .minimum: (.minimum, .empty(.maximumMinimum))
        case .power: (.pow, .empty(.pow))
        case .squaredDifference: (.squaredDifference, .empty(.squaredDifference))
        case .floorDivide: (.floorDiv, .empty(.floorDiv))
        case .floorModulo: (.floorMod, .empty(.floorMod))
        case .equal: (.equal, .empty(.equal))
        case .notEqual: (.notEqual, .empty(.notEqual))
        case .less: (.less, .empty(.less))
        case .lessEqual: (.lessEqual, .empty(.lessEqual))
        case .greater: (.greater, .empty(.greater))
        case .greaterEqual: (.greaterEqual, .empty(.greaterEqual))
        case .logicalAnd: (.logicalAnd, .empty(.logicalAnd))
        case .logicalOr: (.logicalOr, .empty(.logicalOr))
        }
    }
}
