import GraphIR
import TFLiteFormat

extension Unary {
    /// The operator of the function's name; the square of integers is a product.
    func lower(_ node: NodeLowering) throws {
        let dtype = node.inputType(0).dtype
        switch kind {
        case .abs where dtype == .int32, .neg where dtype == .int32 || dtype == .int64,
            .sign where dtype == .int32, .logicalNot:
            break
        case .square where dtype == .int32 || dtype == .int64:
            return node.emit(.mul, [node.input(0), node.input(0)], MulOptions())
        default:
            guard dtype == .float32 else {
                throw node.unsupported("\(dtype.rawValue) is not possible")
            }
        }
        let (builtin, options) = target
        node.emit(builtin, node.inputs, options)
    }

    private var target: (BuiltinOperator, EmptyOptions?) {
        switch kind {
        case .abs: (.abs, .abs)
        case .neg: (.neg, .neg)
        case .exp: (.exp, .exp)
        case .log: (.log, nil)
        case .sqrt: (.sqrt, nil)
        case .rsqrt: (.rsqrt, nil)
        case .square: (.square, .square)
        case .sin: (.sin, nil)
        case .cos: (.cos, .cos)
        case .floor: (.floor, nil)
        case .ceil: (.ceil, nil)
        case .sign: (.sign, .sign)
        case .round: (.round, nil)
        case .tanh: (.tanh, nil)
        case .sigmoid: (.logistic, nil)
        case .relu: (.relu, nil)
        case .relu6: (.relu6, nil)
        case .reluN1To1: (.reluN1To1, nil)
        case .relu0To1: (.relu0To1, nil)
        case .elu: (.elu, nil)
        case .hardSwish: (.hardSwish, .hardSwish)
        case .logicalNot: (.logicalNot, .logicalNot)
        }
    }
}
