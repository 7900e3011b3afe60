import GraphIR
import TFLiteFormat
import Tensors

extension Binary {
    /// The operator of the function's name.
    func lower(_ node: NodeLowering) throws {
        try node.require(dtypes)
        let (builtin, options) = target
        try node.lowerBroadcasting(limit: broadcastLimit) { inputs, output in
            node.emit(builtin, inputs, to: [output], options)
        }
    }

    /// The most axes that the operator broadcasts in every runtime.
    private var broadcastLimit: Int {
        switch kind {
        case .add, .subtract, .multiply: 6
        case .divide, .maximum, .minimum: 5
        default: 4
        }
    }

    /// The types for which kernels exist; those for small integers are about quantized numbers.
    private var dtypes: [DType] {
        switch kind {
        case .divide, .power, .squaredDifference, .floorDivide: [.float32, .int32]
        case .equal, .notEqual: [.float32, .int32, .int64, .bool]
        case .logicalAnd, .logicalOr: [.bool]
        default: [.float32, .int32, .int64]
        }
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
