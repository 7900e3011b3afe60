import Foundations
import GraphIR
import Problems
import Tensors

/// What a quantizer of QKeras or larq makes of numbers at inference: real numbers again, of which there are few.
struct PackageQuantizer: Sendable {
    /// A function of each element.
    indirect enum Step: Sendable {
        case unary(UnaryFunction)
        case binary(Binary.Kind, Double)
        /// What two rows of functions make of the same element, combined.
        case combined(Binary.Kind, [Step], [Step])
    }

    /// Makes the elements of a weight, whose last axis has `channels` channels.
    typealias WeightFunction = @Sendable (_ values: [Double], _ channels: Int) -> [Double]

    /// The functions that are applied one after the other; nil if the result depends on all elements.
    let steps: [Step]?
    private let weights: WeightFunction?

    /// A quantizer that treats each element by itself.
    init(_ steps: [Step]) {
        self.steps = steps
        weights = nil
    }

    /// A quantizer of weights whose results depend on all elements of a channel, or on all.
    init(weights: @escaping WeightFunction) {
        steps = nil
        self.weights = weights
    }

    /// The weight that a layer computes with.
    func quantized(_ weight: Constant) -> Constant {
        let values = weight.doubles()
        if let weights {
            let channels = weight.shape.rank > 1 ? weight.shape[-1] : 1
            return Constant(weights(values, channels), weight.shape)
        }
        return Constant(values.map { Self.quantized($0, steps ?? []) }, weight.shape)
    }

    /// The quantized tensor.
    func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        guard let steps else {
            throw Problem(
                .unsupported(
                    what:
                        "a quantizer whose scale follows from a tensor of the model is not supported",
                    remedy: "Use a quantizer with a fixed scale (alpha=1) for activations."))
        }
        return try Self.applied(steps, to: x, in: builder)
    }

    private static func applied(
        _ steps: [Step], to x: ValueID, in builder: GraphBuilder
    ) throws -> ValueID {
        try steps.reduce(x) { y, step in
            switch step {
            case .unary(let function): try builder.unary(function, y)
            case .binary(let function, let number): try builder.binary(function, y, number)
            case .combined(let function, let first, let second):
                try builder.binary(
                    function, applied(first, to: y, in: builder),
                    applied(second, to: y, in: builder))
            }
        }
    }

    private static func quantized(_ value: Double, _ steps: [Step]) -> Double {
        steps.reduce(value) { y, step in
            switch step {
            case .unary(.sign): y > 0 ? 1 : y < 0 ? -1 : 0
            // The packages compute with floats, which decides about numbers between two steps.
            case .unary(.round): Double(Float(y).rounded(.toNearestOrEven))
            case .unary(.floor): Double(Float(y).rounded(.down))
            case .unary(.abs): abs(y)
            case .unary(.exp): exp(y)
            case .unary(.log): log(y)
            case .unary(.tanh): tanh(y)
            case .unary(.sigmoid): 1 / (1 + exp(-y))
            case .binary(let function, let number): combined(function, y, number)
            case .combined(let function, let first, let second):
                combined(function, quantized(y, first), quantized(y, second))
            case .unary: .nan
            }
        }
    }

    private static func combined(_ function: Binary.Kind, _ a: Double, _ b: Double) -> Double {
        switch function {
        case .add: a + b
        case .multiply: a * b
        case .maximum: max(a, b)
        case .minimum: min(a, b)
        default: .nan
        }
    }
}

extension [PackageQuantizer.Step] {
    /// 1 for numbers that are not negative, else −1.
    static var signs: Self { [.unary(.sign), .binary(.add, 0.1), .unary(.sign)] }

    /// 1 from the threshold on, −1 from its negative on, 0 between them.
    ///
    /// x is clipped to a range that is rounded to −1, 0 and 1; the factor is the next number to ½ that is not rounded to 0.
    static func ternary(threshold: Double) -> Self {
        let factor = 0.5000001
        return [.binary(.multiply, 1 / threshold)] + clipped(-1, 1)
            + [.binary(.multiply, factor), .unary(.round)]
    }

    /// The power of two that is nearest to a number, or the next one below it.
    ///
    /// - Parameters:
    ///   - exponents: the range of the exponents; numbers below 1e-7 have the least.
    ///   - isEven: whether exponents are even: twice the exponent of the root, for which the range counts.
    static func powerOfTwo(
        _ exponents: ClosedRange<Double>, isEven: Bool, roundsDown: Bool
    ) -> Self {
        let root = isEven ? 0.5 : 1
        let least = root * log2(1e-7)
        let lowest = roundsDown ? least.rounded(.down) : least.rounded(.toNearestOrEven)
        // What is rounded to the exponent of 1e-7 is as good as nothing, even if a lower exponent stands for it.
        let lower = lowest <= exponents.lowerBound ? exponents.lowerBound : lowest
        return clipped(1e-7, .greatestFiniteMagnitude)
            + [
                .unary(.log), .binary(.multiply, root / log(2)),
                .unary(roundsDown ? .floor : .round),
            ]
            + clipped(lower, exponents.upperBound)
            + [.binary(.multiply, log(2) / root), .unary(.exp)]
    }

    /// Limited to a range.
    static func clipped(_ lower: Double, _ upper: Double) -> Self {
        [.binary(.maximum, lower), .binary(.minimum, upper)]
    }

    /// Rounded to multiples of 1 / `levels`.
    static func rounded(levels: Double) -> Self {
        [.binary(.multiply, levels), .unary(.round), .binary(.multiply, 1 / levels)]
    }
}
