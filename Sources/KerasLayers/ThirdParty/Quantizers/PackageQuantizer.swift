import Foundations
import GraphIR
import Problems
import Tensors

/// What a quantizer of QKeras or larq makes of numbers at inference: real numbers again, of which there are few.
struct PackageQuantizer: Sendable {
    /// A function of each element.
    enum Step: Sendable {
        case unary(UnaryFunction)
        case binary(Binary.Kind, Double)
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
        return Constant(values.map(quantized), weight.shape)
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
        return try steps.reduce(x) { y, step in
            switch step {
            case .unary(let function): try builder.unary(function, y)
            case .binary(let function, let number): try builder.binary(function, y, number)
            }
        }
    }

    private func quantized(_ value: Double) -> Double {
        (steps ?? []).reduce(value) { y, step in
            switch step {
            case .unary(.sign): y > 0 ? 1 : y < 0 ? -1 : 0
            case .unary(.round): y.rounded(.toNearestOrEven)
            case .unary(.tanh): tanh(y)
            case .unary(.sigmoid): 1 / (1 + exp(-y))
            case .binary(.add, let number): y + number
            case .binary(.multiply, let number): y * number
            case .binary(.maximum, let number): max(y, number)
            case .binary(.minimum, let number): min(y, number)
            case .unary, .binary: y
            }
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

    /// Limited to a range.
    static func clipped(_ lower: Double, _ upper: Double) -> Self {
        [.binary(.maximum, lower), .binary(.minimum, upper)]
    }

    /// Rounded to multiples of 1 / `levels`.
    static func rounded(levels: Double) -> Self {
        [.binary(.multiply, levels), .unary(.round), .binary(.multiply, 1 / levels)]
    }
}
