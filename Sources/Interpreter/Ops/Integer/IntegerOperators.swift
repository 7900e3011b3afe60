import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// Makes an operator ready to run whose operands are integers that stand for real numbers.
    ///
    /// What is not named here moves elements or has a form of its own that takes both.
    func prepareInteger() throws -> PreparedOperator {
        switch code.builtin {
        case .conv2D: try integerConv2D()
        case .depthwiseConv2D: try integerDepthwiseConv2D()
        case .transposeConv: try integerTransposeConv2D()
        case .fullyConnected: try integerFullyConnected()
        case .batchMatMul: try integerBatchMatMul()
        case .maxPool2D: try integerPool2D(.maximum)
        case .averagePool2D: try integerPool2D(.average)
        case .resizeBilinear: try integerResizeBilinear()
        case .unidirectionalSequenceLSTM: try integerSequenceLSTM()

        case .add: try integerSum(isDifference: false)
        case .sub: try integerSum(isDifference: true)
        case .mul: try integerProduct()
        case .div: try integerQuotient()
        case .squaredDifference: try integerSquaredDifference()
        case .equal: try integerCompare(.equal)
        case .notEqual: try integerCompare(.notEqual)
        case .less: try integerCompare(.less)
        case .lessEqual: try integerCompare(.lessEqual)
        case .greater: try integerCompare(.greater)
        case .greaterEqual: try integerCompare(.greaterEqual)
        case .prelu: try integerPReLU()

        case .mean: try integerMean()
        case .sum: try integerReduceSum()
        case .reduceProd: try integerReduceProduct()
        case .softmax: try integerSoftmax()
        case .logSoftmax: try integerLogSoftmax()
        case .l2Normalization: try integerL2Normalization()

        case .quantize: try integerUnary { $0.requantized }
        case .abs: try integerUnary { $0.magnitude }
        case .relu: try integerUnary { $0.clamped(0, .infinity) }
        case .relu6: try integerUnary { $0.clamped(0, 6) }
        case .reluN1To1: try integerUnary { $0.clamped(-1, 1) }
        case .relu0To1: try integerUnary { $0.clamped(0, 1) }
        case .leakyRelu: try integerLeakyReLU()
        case .hardSwish: try integerUnary { $0.hardSwish }
        case .sqrt: try integerUnary { $0.squareRoot }
        case .rsqrt: try integerRealFunction(.rsqrt)
        case .log: try integerRealFunction(.log)
        case .exp: try integerRealFunction(.exp)
        case .elu: try integerRealFunction(.elu)
        case .logistic: try integerRealFunction(.sigmoid)
        case .tanh: try integerRealFunction(.tanh)
        case .gelu: try integerGELU()

        case .maximum: try asPlainNumbers.binary(.maximum)
        case .minimum: try asPlainNumbers.binary(.minimum)
        case .neg: try asPlainNumbers.integerNegation()
        case .reduceMax: try asPlainNumbers.reduce(.maximum)
        case .reduceMin: try asPlainNumbers.reduce(.minimum)
        case .argMax, .argMin, .topKV2, .cast, .dynamicUpdateSlice, .scatterND:
            try asPlainNumbers.preparePlain()
        default: try preparePlain()
        }
    }

    /// NEG of the integers themselves, as in LiteRT: right only around a zero point of 0.
    private func integerNegation() throws -> PreparedOperator {
        let x = try input(0)
        guard x.dtype == .int8 else { throw unsupported(x.dtype) }
        let y = try output(0, x.dtype, x.shape)
        return PreparedOperator(y, sharing: .inPlace([x])) { context in
            _ = FastKernels.unary(
                .neg, count: x.count, input: context.elements(x, Int8.self),
                output: context.output(y))
        }
    }
}
