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

    private var target: (BuiltinOperator, any OptionsTable) {
        let activation = ActivationFunction(activation)
        return switch kind {
        case .add: (.add, AddOptions(activation: activation))
        case .subtract: (.sub, SubOptions(activation: activation))
        case .multiply: (.mul, MulOptions(activation: activation))
        case .divide: (.div, DivOptions(activation: activation))
        case .maximum: (.maximum, EmptyOptions.maximumMinimum)
        case .minimum: (.minimum, EmptyOptions.maximumMinimum)
        case .power: (.pow, EmptyOptions.pow)
        case .squaredDifference: (.squaredDifference, EmptyOptions.squaredDifference)
        case .floorDivide: (.floorDiv, EmptyOptions.floorDiv)
        case .floorModulo: (.floorMod, EmptyOptions.floorMod)
        case .equal: (.equal, EmptyOptions.equal)
        case .notEqual: (.notEqual, EmptyOptions.notEqual)
        case .less: (.less, EmptyOptions.less)
        case .lessEqual: (.lessEqual, EmptyOptions.lessEqual)
        case .greater: (.greater, EmptyOptions.greater)
        case .greaterEqual: (.greaterEqual, EmptyOptions.greaterEqual)
        case .logicalAnd: (.logicalAnd, EmptyOptions.logicalAnd)
        case .logicalOr: (.logicalOr, EmptyOptions.logicalOr)
        }
    }
}
