import GraphIR
import Tensors
import Testing

/// Compares the rules of operations with what the runtime's integer kernels accept.
@Suite struct QuantizationRuleTests {
    @Test func functionsOfElementsHaveTheRulesOfTheirKernels() {
        let own: [Unary.Kind] = [
            .abs, .exp, .log, .sqrt, .rsqrt, .relu, .relu6, .reluN1To1, .relu0To1, .elu, .hardSwish,
        ]
        for kind in Unary.Kind.allCases {
            let expected: QuantizationRule =
                switch kind {
                case .sigmoid: .fixed(.unit)
                case .tanh: .fixed(.signedUnit)
                case .logicalNot: .unscaled
                default: own.contains(kind) ? .free : .floatOnly
                }
            #expect(Unary(kind).quantizationRule == expected, "\(kind)")
        }
    }

    @Test func arithmeticHasTheRulesOfItsKernels() {
        for kind in Binary.Kind.allCases {
            let expected: QuantizationRule =
                switch kind {
                case .add, .subtract, .multiply, .divide, .squaredDifference: .free
                case .maximum, .minimum: .sameAsOutput
                case .power, .floorDivide, .floorModulo, .arcTangent: .floatOnly
                default: .unscaled
                }
            #expect(Binary(kind).quantizationRule == expected, "\(kind)")
        }
        let reductions = Reduce.Kind.allCases.map {
            Reduce($0, axes: [1], keepDimensions: false).quantizationRule
        }
        #expect(
            reductions == [
                .floatOnly, .free, .sameAsInput, .sameAsInput, .floatOnly, .unscaled, .unscaled,
            ])
    }

    /// Prescribed outputs cover the range of the function: they represent 0 exactly and reach both ends within one step.
    @Test(arguments: [
        (FixedScale.unit, 0.0, 1.0), (.signedUnit, -1.0, 1.0), (.direction, -1.0, 1.0),
        (.logarithm, -16.0, 0.0),
    ])
    func prescribedScalesCoverTheRange(fixed: FixedScale, low: Double, high: Double) {
        let lowest = Double(-128 - fixed.zeroPoint) * fixed.scale
        let highest = Double(127 - fixed.zeroPoint) * fixed.scale
        #expect(abs(lowest - low) <= fixed.scale)
        #expect(abs(highest - high) <= fixed.scale)
        if let wide = fixed.wideScale { #expect(wide * 32768 >= max(abs(low), abs(high))) }
    }

    @Test func operationsWithPrescribedOutputs() {
        #expect(Softmax().quantizationRule == .fixed(.unit))
        #expect(LogSoftmax().quantizationRule == .fixed(.logarithm))
        #expect(L2Normalization().quantizationRule == .fixed(.direction))
    }

    /// An operation that only moves or chooses elements must not rescale them.
    @Test func whatMovesElementsKeepsTheirScale() throws {
        let graph = try Graph(parsing: EveryOperation.text)
        for node in graph.nodes {
            let payload = node.op.payload
            let linearity = payload.linearity(for: graph.types(of: node.inputs))
            // Not all kernels repeat integers.
            if case .tile = node.op {
                #expect(payload.quantizationRule == .floatOnly)
            } else if linearity == .selection {
                #expect(payload.quantizationRule == .sameAsInput, "\(node.op.name)")
            }
            if linearity == .joining {
                #expect(payload.quantizationRule == .sameAsOutput, "\(node.op.name)")
            }
            if case .filter = linearity {
                let hasIntegerKernel = !node.op.name.hasSuffix("3D")
                #expect(payload.quantizationRule == (hasIntegerKernel ? .free : .floatOnly))
            }
            let isScaled = graph[node.output].dtype.isFloat
            if !isScaled, graph[node.inputs[0]].dtype.isFloat, node.op.name != "cast" {
                #expect(payload.quantizationRule == .unscaled, "\(node.op.name)")
            }
        }
    }
}
