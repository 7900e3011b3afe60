import GraphIR
import TFLiteFormat
import Targets

extension Binary {
    /// The operator of the function's name.
    func lower(_ node: NodeLowering) throws {
        try node.emit(kind.builtin, node.inputs, options)
    }

    private var options: any OptionsTable {
        let activation = TFLiteActivation(activation)
        return switch kind {
        case .add: AddOptions(activation: activation)
        case .subtract: SubOptions(activation: activation)
        case .multiply: MulOptions(activation: activation)
        case .divide: DivOptions(activation: activation)
        case .maximum, .minimum: EmptyOptions.maximumMinimum
        case .power: EmptyOptions.pow
        case .squaredDifference: EmptyOptions.squaredDifference
        case .floorDivide: EmptyOptions.floorDiv
        case .floorModulo: EmptyOptions.floorMod
        case .equal: EmptyOptions.equal
        case .notEqual: EmptyOptions.notEqual
        case .less: EmptyOptions.less
        case .lessEqual: EmptyOptions.lessEqual
        case .greater: EmptyOptions.greater
        case .greaterEqual: EmptyOptions.greaterEqual
        case .logicalAnd: EmptyOptions.logicalAnd
        case .logicalOr: EmptyOptions.logicalOr
        }
    }
}
