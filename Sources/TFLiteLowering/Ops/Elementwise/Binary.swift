import GraphIR
import TFLiteFormat
import Targets

extension Binary {
    /// The operator of the function's name.
    func lower(_ node: NodeLowering) throws {
        try node.emit(kind.builtin, node.inputs, options(isWide: node.isStoredIn16Bits))
    }

    /// - Parameter isWide: whether the result is stored in 16 bits, whose scales are no powers of two, whatever they look like.
    private func options(isWide: Bool) -> (any OptionsTable)? {
        let activation = TFLiteActivation(activation)
        return switch kind {
        case .add: AddOptions(activation: activation, powerOfTwoScaleInt16: !isWide)
        case .subtract: SubOptions(activation: activation)
        case .multiply: MulOptions(activation: activation)
        case .divide: DivOptions(activation: activation)
        case .maximum, .minimum, .power, .squaredDifference, .floorDivide, .floorModulo,
            .arcTangent, .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual,
            .logicalAnd, .logicalOr:
            nil
        }
    }
}
