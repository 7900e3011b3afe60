extension NodeTraits {
    /// The version of an operator that computes element by element or reduces; nil for other operators.
    func arithmeticVersion(of builtin: BuiltinOperator) -> Int? {
        switch builtin {
        case .add, .sub, .mul: sumVersion(of: builtin)
        case .div: first((broadcasts && rank > 4, 2))
        case .maximum, .minimum:
            first((type == .int16, 4), (broadcasts && rank > 4, 3), (type == .int8, 2))
        case .averagePool2D, .maxPool2D, .softmax, .logistic, .tanh, .mean, .mirrorPad,
            .reduceMax, .reduceMin, .relu6, .rsqrt, .less, .greaterEqual:
            first((type == .int16, 3), (type == .int8, 2))
        case .relu: first((type == .int16, 3), (type == .int8 || type == .uint8, 2))
        case .leakyRelu: first((type == .int16, 2))
        case .sum, .logSoftmax, .greater, .lessEqual, .squaredDifference:
            first((type == .int8, 2))
        case .l2Normalization: first((outputs.first?.type == .int8, 2))
        case .exp, .log, .sqrt, .reduceProd, .floorMod:
            first((type == .int8 || type == .int16, 2))
        case .abs:
            first(
                (type == .int32, 5), (type == .int16, input(0)?.isQuantized == true ? 3 : 4),
                (type == .int8 || type == .uint8, 2))
        case .gelu: first((type == .int8 || type == .uint8, 2))
        case .argMax, .argMin: first((type == .bool, 3), (type == .int8, 2))
        case .equal: first((type == .int16, 5), (type == .string, 3), (type == .int8, 2))
        case .notEqual: first((type == .int16, 4), (type == .string, 3), (type == .int8, 2))
        case .floorDiv: first((type == .int8 || type == .int16, 3), (type == .float32, 2))
        default: nil
        }
    }

    private func sumVersion(of builtin: BuiltinOperator) -> Int {
        let isPlainInt16 = type == .int16 && input(0)?.isQuantized == false
        switch builtin {
        case .add:
            let usesPowerOfTwo = (options as? AddOptions)?.powerOfTwoScaleInt16 ?? true
            return first(
                (isPlainInt16, 5), (type == .int64, 4), (type == .int16 && !usesPowerOfTwo, 3),
                (type == .int8, 2))
        case .sub:
            let usesPowerOfTwo = (options as? SubOptions)?.powerOfTwoScaleInt16 ?? true
            return first(
                (type == .int16 && !usesPowerOfTwo, 5), (type == .int64, 4),
                (broadcasts && rank > 4, 3), (type == .int8, 2))
        default:
            return first(
                (isPlainInt16 || type == .uint32, 7), (type == .complex64, 6), (type == .int64, 5),
                (type == .int16, 4), (type == .int8 && multiplierIsAtLeastOne, 3),
                (type == .int8, 2))
        }
    }

    /// Whether the scales of a product of quantized tensors grow: s₁·s₂/s ≥ 1.
    private var multiplierIsAtLeastOne: Bool {
        guard let left = input(0)?.quantization?.scale.first,
            let right = input(1)?.quantization?.scale.first,
            let result = outputs.first?.quantization?.scale.first
        else { return false }
        return left * right / result >= 1
    }
}
