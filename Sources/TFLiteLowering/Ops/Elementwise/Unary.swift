import GraphIR
import TFLiteFormat
import Targets

extension Unary {
    /// The operator of the function's name.
    func lower(_ node: NodeLowering) throws {
        try node.emit(kind.builtin, node.inputs, options)
    }

    private var options: EmptyOptions? {
        switch kind {
        case .abs: .abs
        case .neg: .neg
        case .exp: .exp
        case .square: .square
        case .cos: .cos
        case .sign: .sign
        case .hardSwish: .hardSwish
        case .logicalNot: .logicalNot
        case .log, .sqrt, .rsqrt, .sin, .floor, .ceil, .round, .tanh, .sigmoid, .relu, .relu6,
            .reluN1To1, .relu0To1, .elu:
            nil
        }
    }
}
