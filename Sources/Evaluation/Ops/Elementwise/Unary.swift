import GraphIR
import Kernels
import Tensors

extension Unary {
    func compute(_ run: NodeRun) throws {
        let count = run.outputs[0].count
        guard let function = kind.function else {
            ReferenceKernels.logicalNot(
                count: count, input: run.input(0), output: run.output())
            return
        }
        try run.apply(function)
    }
}

extension NodeRun {
    /// Applies a function to each element of the first input.
    func apply(_ function: UnaryFunction) throws {
        let count = outputs[0].count
        let isComputed: Bool
        switch dtype(0) {
        case .float32:
            if isFast {
                FastKernels.unary(
                    function, count: count, input: try floats(0), output: try floatOutput(),
                    threads: threads)
            } else {
                ReferenceKernels.unary(
                    function, count: count, input: try floats(0), output: try floatOutput())
            }
            isComputed = true
        case .int32:
            isComputed = ReferenceKernels.unary(
                function, count: count, input: input(0, as: Int32.self), output: output())
        case .int64:
            isComputed = ReferenceKernels.unary(
                function, count: count, input: input(0, as: Int64.self), output: output())
        default: isComputed = false
        }
        guard isComputed else { throw unsupported(dtype(0)) }
    }
}

extension Unary.Kind {
    /// The function as the kernels know it; nil for the logical one.
    var function: UnaryFunction? {
        switch self {
        case .abs: .absolute
        case .neg: .negative
        case .exp: .exponential
        case .log: .logarithm
        case .sqrt: .squareRoot
        case .rsqrt: .reciprocalSquareRoot
        case .square: .square
        case .sin: .sine
        case .cos: .cosine
        case .floor: .floor
        case .ceil: .ceiling
        case .sign: .sign
        case .round: .round
        case .tanh: .tanh
        case .sigmoid: .sigmoid
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .relu0To1: .relu0To1
        case .elu: .elu
        case .hardSwish: .hardSwish
        case .logicalNot: nil
        }
    }
}
