import Evaluation
import GraphIR
import TestSupport
import Tensors
import Testing

private let precisions: [GraphEvaluator.Precision] = [.reference, .fast]

@Test(arguments: precisions)
func batchNormalizationUsesItsStatistics(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 2, 3, 4], [1, 2, 2])
    let parameters: [[Float]] = [[2, 3], [10, 20], [1, 0], [3, 8]]
    let inputs = [x] + parameters.map { Tensor($0, [2]) }
    let channelsLast = Op.batchNormalization(BatchNormalization(axis: 2, epsilon: 1))
    #expect(try floats(channelsLast, inputs, precision) == [10, 22, 12, 24])
    let channelsFirst = Op.batchNormalization(BatchNormalization(axis: 1, epsilon: 1))
    #expect(try floats(channelsFirst, inputs, precision) == [10, 11, 23, 24])
}

@Test(arguments: precisions)
func unaryFunctionsTakeTheirValues(precision: GraphEvaluator.Precision) throws {
    let expected: [(Unary.Kind, Float, Float)] = [
        (.abs, -2, 2), (.neg, 3, -3), (.exp, 1, 2.718_281_8), (.log, 4, 1.386_294_4),
        (.sqrt, 9, 3), (.rsqrt, 4, 0.5), (.square, -3, 9), (.sin, 1, 0.841_471), (.floor, -1.5, -2),
        (.cos, 1, 0.540_302_3), (.ceil, -1.5, -1), (.sign, -7, -1), (.round, 2.5, 2),
        (.tanh, 0.5, 0.462_117_16), (.sigmoid, -1, 0.268_941_43), (.relu, -1, 0), (.relu6, 7, 6),
        (.reluN1To1, -3, -1), (.relu0To1, 3, 1), (.elu, -1, -0.632_120_55),
        (.hardSwish, 1, 0.666_666_7),
    ]
    for (kind, x, y) in expected {
        let result = try floats(.unary(Unary(kind)), [Tensor([x], [1])], precision)
        #expect(abs(result[0] - y) < 2e-6, "\(kind) of \(x)")
    }
    let gelu = try floats(.gelu(GELU(approximate: false)), [Tensor([Float(1)], [1])], precision)
    #expect(abs(gelu[0] - 0.841_344_75) < 2e-6)
    let leaky = Op.leakyReLU(LeakyReLU(alpha: 0.25))
    #expect(try floats(leaky, [Tensor([Float(-4), 4], [2])], precision) == [-1, 4])
}

@Test func logicalFunctionsWorkOnBool() throws {
    let (a, b) = (Tensor.bools([true, true, false], [3]), Tensor.bools([true, false, false], [3]))
    func bits(_ op: Op, _ inputs: [Tensor]) throws -> [UInt8] {
        try evaluate(op, inputs).array(of: UInt8.self)
    }
    #expect(try bits(.unary(Unary(.logicalNot)), [a]) == [0, 0, 1])
    #expect(try bits(.binary(Binary(.logicalAnd)), [a, b]) == [1, 0, 0])
    #expect(try bits(.binary(Binary(.logicalOr)), [a, b]) == [1, 1, 0])
    #expect(try bits(.binary(Binary(.equal)), [a, b]) == [1, 0, 1])
    #expect(try bits(.reduce(Reduce(.all, axes: [0], keepDimensions: true)), [a]) == [0])
    #expect(try bits(.reduce(Reduce(.any, axes: [0], keepDimensions: true)), [a]) == [1])
}

@Test(arguments: precisions)
func binaryFunctionsBroadcastAndClamp(precision: GraphEvaluator.Precision) throws {
    let (a, b) = (Tensor([Float(1), -2, 3, -4], [2, 2]), Tensor([Float(2), -3], [2]))
    func value(_ kind: Binary.Kind, _ activation: Clamp = .none) throws -> [Float] {
        try floats(.binary(Binary(kind, activation: activation)), [a, b], precision)
    }
    #expect(try value(.add) == [3, -5, 5, -7])
    #expect(try value(.add, .reluN1To1) == [1, -1, 1, -1])
    #expect(try value(.subtract, .relu) == [0, 1, 1, 0])
    #expect(try value(.multiply) == [2, 6, 6, 12])
    #expect(try value(.divide) == [0.5, 2 / 3, 1.5, 4 / 3])
    #expect(try value(.maximum) == [2, -2, 3, -3])
    #expect(try value(.minimum) == [1, -3, 2, -4])
    #expect(try value(.squaredDifference) == [1, 1, 1, 1])
    #expect(try value(.floorDivide) == [0, 0, 1, 1])
    #expect(try value(.floorModulo) == [1, -2, 1, -1])
    let power = Op.binary(Binary(.power))
    #expect(try floats(power, [Tensor([Float(3)], [1]), b], precision) == [9, 1 / 27])
    let prelu = try floats(.prelu(PReLU()), [a, Tensor([Float(0.5), 0.25], [2])], precision)
    #expect(prelu == [1, -0.5, 3, -1])
}

@Test func integersKeepTheirType() throws {
    let (a, b) = (Tensor([Int32(7), -7], [2]), Tensor([Int32(2), 2], [2]))
    func value(_ kind: Binary.Kind) throws -> [Int32] {
        try evaluate(.binary(Binary(kind)), [a, b]).array(of: Int32.self)
    }
    #expect(try value(.floorDivide) == [3, -4])
    #expect(try value(.floorModulo) == [1, 1])
    #expect(try evaluate(.unary(Unary(.abs)), [a]).array(of: Int32.self) == [7, 7])
    let less = try evaluate(.binary(Binary(.less)), [a, b])
    #expect(less.dtype == .bool && less.array(of: UInt8.self) == [0, 1])
    #expect(throws: (any Error).self) { try Op.unary(Unary(.exp)).evaluate(inputs: [a]) }
}

@Test(arguments: precisions)
func normalizationsWorkOnTheLastAxis(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(3), 4, 0, 0], [2, 2])
    #expect(
        Difference(
            try floats(.softmax(Softmax()), [x], precision), [0.268_941_4, 0.731_058_6, 0.5, 0.5]
        ).relative <= 1e-6)
    #expect(
        Difference(
            try floats(.logSoftmax(LogSoftmax()), [x], precision),
            [-1.313_261_7, -0.313_261_7, -0.693_147_2, -0.693_147_2]
        ).relative <= 1e-6)
    #expect(
        Difference(
            try floats(.l2Normalization(L2Normalization()), [x], precision), [0.6, 0.8, 0, 0]
        ).relative <= 1e-6)
    let lrn = LocalResponseNormalization(radius: 1, bias: 1, alpha: 1, beta: 0.5)
    let image = Tensor([Float(1), 2, 2], [1, 1, 1, 3])
    let expected: [Float] = [1 / 6 as Float, 4 / 10, 4 / 9].map { $0.squareRoot() }
    #expect(
        Difference(
            try floats(.localResponseNormalization(lrn), [image], precision), expected
        ).relative <= 1e-6)
}

@Test(arguments: precisions)
func reductionsDropOrKeepTheirAxes(precision: GraphEvaluator.Precision) throws {
    let x = Tensor([Float(1), 2, 3, 4, 5, 6], [2, 3])
    func value(_ kind: Reduce.Kind, _ axes: [Int]) throws -> [Float] {
        try floats(.reduce(Reduce(kind, axes: axes, keepDimensions: false)), [x], precision)
    }
    #expect(try value(.sum, [0]) == [5, 7, 9])
    #expect(try value(.mean, [1]) == [2, 5])
    #expect(try value(.max, [0, 1]) == [6])
    #expect(try value(.min, [1]) == [1, 4])
    #expect(try value(.product, [1]) == [6, 120])
    let kept = try evaluate(.reduce(Reduce(.sum, axes: [1], keepDimensions: true)), [x], precision)
    #expect(kept.shape == [2, 1])
}

@Test func searchesFindTheFirstExtremum() throws {
    let x = Tensor([Float(1), 5, 5, 0, 3, 3], [2, 3])
    let largest = try evaluate(.argExtremum(ArgExtremum(.max, axis: 1)), [x])
    #expect(largest.array(of: Int32.self) == [1, 1])
    let smallest = try evaluate(
        .argExtremum(ArgExtremum(.min, axis: 0, outputType: .int64)), [x])
    #expect(smallest.array(of: Int64.self) == [1, 1, 1])
    let top = try Op.topK(TopK(k: 2)).evaluate(inputs: [x])
    #expect(top[0].floats == [5, 5, 3, 3])
    #expect(top[1].array(of: Int32.self) == [1, 2, 1, 2])
    let sums = CumulativeSum(axis: 1, exclusive: true, reverse: true)
    #expect(try floats(.cumulativeSum(sums), [x]) == [10, 5, 0, 6, 3, 0])
}
