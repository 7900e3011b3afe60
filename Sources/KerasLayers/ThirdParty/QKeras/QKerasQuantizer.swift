import Foundations
import KerasFormat
import Problems
import Tensors

/// A quantizer of QKeras with its arguments.
struct QKerasQuantizer: Sendable {
    let name: String
    let config: LayerConfig

    /// The parameters of each quantizer in order.
    private static let parameters: [String: [String]] = [
        "quantized_bits": [
            "bits", "integer", "symmetric", "keep_negative", "alpha", "use_stochastic_rounding",
            "scale_axis", "qnoise_factor",
        ],
        "quantized_relu": [
            "bits", "integer", "use_sigmoid", "negative_slope", "use_stochastic_rounding",
            "relu_upper_bound", "is_quantized_clip", "qnoise_factor",
        ],
        "quantized_tanh": ["bits", "use_stochastic_rounding", "symmetric", "use_real_tanh"],
        "quantized_sigmoid": ["bits", "symmetric", "use_real_sigmoid", "use_stochastic_rounding"],
        "binary": ["use_01", "alpha", "use_stochastic_rounding"],
        "ternary": ["alpha", "threshold", "use_stochastic_rounding", "number_of_unrolls"],
        // Random in training only.
        "stochastic_binary": ["alpha"],
        "stochastic_ternary": [
            "alpha", "threshold", "temperature", "use_real_sigmoid", "number_of_unrolls",
        ],
        "quantized_po2": [
            "bits", "max_value", "use_stochastic_rounding", "quadratic_approximation",
            "log2_rounding", "qnoise_factor",
        ],
        "quantized_relu_po2": [
            "bits", "max_value", "negative_slope", "use_stochastic_rounding",
            "quadratic_approximation", "log2_rounding", "qnoise_factor",
        ],
        "quantized_ulaw": ["bits", "integer", "symmetric", "u"],
        // Functions, of which Keras has others under some of these names.
        "hard_sigmoid": [], "hard_tanh": [], "smooth_sigmoid": [], "smooth_tanh": [],
        "binary_sigmoid": [], "binary_tanh": [],
        "quantized_hswish": [
            "bits", "integer", "symmetric", "alpha", "use_stochastic_rounding", "scale_axis",
            "qnoise_factor", "relu_shift", "relu_upper_bound",
        ],
    ]

    /// What a field asks for: an object, or a call such as `quantized_relu(4,1)`; nil for anything else.
    ///
    /// - Throws: `Problem.Kind.unsupported` for a quantizer that cannot be converted.
    init?(_ value: JSONValue?) throws {
        if let text = value?.string {
            let call = PythonCall(text)
            guard let call, Self.isQuantizer(call.name) else { return nil }
            name = call.name
            config = LayerConfig(call.arguments(named: Self.parameters[name] ?? []))
        } else {
            guard let className = value?["class_name"]?.string, Self.isQuantizer(className) else {
                return nil
            }
            name = className
            config = LayerConfig(value?["config"]?.object ?? JSONObject())
        }
        guard Self.parameters[name] != nil else {
            throw unsupported("the quantizer '\(name)' is not supported")
        }
    }

    private static func isQuantizer(_ name: String) -> Bool {
        parameters[name] != nil || name.hasPrefix("quantized_") || name.hasPrefix("stochastic_")
            || name == "bernoulli"
    }

    private func unsupported(_ what: String) -> Problem {
        Problem(
            .unsupported(
                what: what,
                remedy: "Use another quantizer of QKeras with its usual options."))
    }

    /// What the quantizer computes.
    ///
    /// - Parameter isKernel: whether it belongs to a kernel, which QKeras gives a scale of its own if none is stated.
    func quantizer(isKernel: Bool) throws -> PackageQuantizer? {
        guard try config.double("qnoise_factor", default: 1) == 1 else {
            throw unsupported("'\(name)' with another qnoise_factor than 1 is not supported")
        }
        guard config["scale_axis"] == nil else {
            throw unsupported("'\(name)' with a scale_axis is not supported")
        }
        switch name {
        case "hard_sigmoid", "smooth_sigmoid", "binary_sigmoid", "hard_tanh", "smooth_tanh",
            "binary_tanh":
            return PackageQuantizer(straightLines())
        case "quantized_relu": return try rectified()
        case "quantized_tanh": return try bounded("use_real_tanh", .tanh, isSigned: true)
        case "quantized_sigmoid": return try bounded("use_real_sigmoid", .sigmoid, isSigned: false)
        case "quantized_po2", "quantized_relu_po2": return PackageQuantizer(try powersOfTwo())
        case "quantized_ulaw": return PackageQuantizer(try logarithmic())
        case "quantized_hswish":
            guard config["alpha"]?.string == nil else {
                throw unsupported("'quantized_hswish' with a computed scale is not supported")
            }
            return PackageQuantizer(try hardSwish() + fixedSteps() + scaling())
        default: return try scaled(isKernel: isKernel)
        }
    }

    private func bits() throws -> Int { try config.int("bits", default: 8, in: 1...32) }

    func power(_ exponent: Int) -> Double { pow(2, Double(exponent)) }

    private func rectified() throws -> PackageQuantizer {
        let slope = try config.double("negative_slope", default: 0)
        let levels = power(try bits() - (slope == 0 ? 0 : 1))
        let range = power(try config.int("integer", default: 0, in: -32...32))
        let isBounded = try config.bool("use_sigmoid", default: false)
        var steps =
            isBounded
            ? boundedSteps(levels: levels, range: range, slope: slope)
            : [.binary(.multiply, levels / range), .unary(.round)] + .clipped(0, levels - 1)
                + [PackageQuantizer.Step.binary(.multiply, range / levels)]
        if slope > 0, !isBounded {
            let negative: [PackageQuantizer.Step] =
                [.binary(.multiply, slope * levels / range), .unary(.round)]
                + .clipped(-slope * levels, 0) + [.binary(.multiply, range / levels)]
            steps = [.combined(.add, steps, negative)]
        }
        if try !config.bool("is_quantized_clip", default: true),
            let limit = try config.optionalDouble("relu_upper_bound"), limit > 0
        {
            steps.append(.binary(.minimum, limit))
        }
        return PackageQuantizer(steps)
    }

    /// A sigmoid or hyperbolic tangent, real or of straight lines, in steps.
    private func bounded(
        _ field: String, _ function: UnaryFunction, isSigned: Bool
    ) throws -> PackageQuantizer {
        let levels = power(try bits() - (isSigned ? 1 : 0))
        let least = try config.bool("symmetric", default: false) ? 1 / levels : 0
        var steps: [PackageQuantizer.Step]
        if try config.bool(field, default: false) {
            steps = [.unary(function)]
        } else if isSigned {
            steps = .clipped(-1, 1)
        } else {
            steps = [.binary(.multiply, 0.5), .binary(.add, 0.5)] + .clipped(0, 1)
        }
        steps += .rounded(levels: levels) + .clipped((isSigned ? -1 : 0) + least, 1 - 1 / levels)
        return PackageQuantizer(steps)
    }

    /// The quantizers with a scale.
    private func scaled(isKernel: Bool) throws -> PackageQuantizer {
        let isAutomatic = config["alpha"]?.string != nil || isKernel && !config.has("alpha")
        guard isAutomatic else {
            return PackageQuantizer(try fixedSteps() + scaling())
        }
        let scale = AutomaticScale(isPowerOfTwo: config["alpha"]?.string != "auto")
        switch name {
        case "binary", "stochastic_binary":
            let isPositive = try config.bool("use_01", default: false)
            return PackageQuantizer { scale.binary($0, $1, isPositive: isPositive) }
        case "ternary", "stochastic_ternary":
            let count = try config.int("number_of_unrolls", default: 5, in: 0...100)
            return PackageQuantizer { scale.ternary($0, $1, count: count) }
        default:
            let (bits, integer) = (try bits(), try config.int("integer", default: 0, in: -32...32))
            guard bits > 1 else {
                throw unsupported(
                    "'quantized_bits' of one bit with a computed scale is not supported")
            }
            return PackageQuantizer { scale.bits($0, $1, bits: bits, integer: integer) }
        }
    }

    private func scaling() throws -> [PackageQuantizer.Step] {
        let factor = try config.double("alpha", default: 1)
        return factor == 1 ? [] : [.binary(.multiply, factor)]
    }

    /// The steps before the scale.
    private func fixedSteps() throws -> [PackageQuantizer.Step] {
        switch name {
        case "binary", "stochastic_binary":
            let isPositive = try config.bool("use_01", default: false)
            return .signs + (isPositive ? [.binary(.add, 1), .binary(.multiply, 0.5)] : [])
        case "ternary", "stochastic_ternary":
            return .ternary(threshold: try config.double("threshold", default: 0.33))
        default: break
        }
        let isSigned = try config.bool("keep_negative", default: true)
        let unsigned = try bits() - (isSigned ? 1 : 0)
        guard unsigned > 0 else {
            return .signs + (isSigned ? [] : [.binary(.add, 1), .binary(.multiply, 0.5)])
        }
        let levels = power(unsigned)
        let range = power(try config.int("integer", default: 0, in: -32...32))
        let least = try config.bool("symmetric", default: false) ? 1 - levels : -levels
        return [.binary(.multiply, levels / range), .unary(.round)]
            + .clipped(isSigned ? least : 0, levels - 1) + [.binary(.multiply, range / levels)]
    }
}
