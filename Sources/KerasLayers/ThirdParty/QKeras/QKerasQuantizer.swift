import Foundations
import KerasFormat
import Problems
import Tensors

/// A quantizer of QKeras with its arguments.
struct QKerasQuantizer: Sendable {
    private let name: String
    private let config: LayerConfig

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
                remedy: "Use quantized_bits, quantized_relu, quantized_tanh, quantized_sigmoid, "
                    + "binary or ternary with their usual options."))
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
        case "quantized_relu": return try rectified()
        case "quantized_tanh": return try bounded("use_real_tanh", .tanh, isSigned: true)
        case "quantized_sigmoid": return try bounded("use_real_sigmoid", .sigmoid, isSigned: false)
        default: return try scaled(isKernel: isKernel)
        }
    }

    private func bits() throws -> Int { try config.int("bits", default: 8, in: 1...32) }

    private func power(_ exponent: Int) -> Double { pow(2, Double(exponent)) }

    private func rectified() throws -> PackageQuantizer {
        guard try config.double("negative_slope", default: 0) == 0,
            try !config.bool("use_sigmoid", default: false)
        else {
            throw unsupported("'quantized_relu' with a slope or a sigmoid is not supported")
        }
        guard try config.bool("is_quantized_clip", default: true) || !config.has("relu_upper_bound")
        else { throw unsupported("'quantized_relu' with is_quantized_clip=False is not supported") }
        let levels = power(try bits())
        let range = power(try config.int("integer", default: 0, in: -32...32))
        return PackageQuantizer(
            [.binary(.multiply, levels / range), .unary(.round)]
                + .clipped(0, levels - 1) + [.binary(.multiply, range / levels)])
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
            let factor = try config.double("alpha", default: 1)
            return PackageQuantizer(
                try fixedSteps() + (factor == 1 ? [] : [.binary(.multiply, factor)]))
        }
        let scale = AutomaticScale(isPowerOfTwo: config["alpha"]?.string != "auto")
        switch name {
        case "binary":
            let isPositive = try config.bool("use_01", default: false)
            return PackageQuantizer { scale.binary($0, $1, isPositive: isPositive) }
        case "ternary":
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

    /// The steps before the scale.
    private func fixedSteps() throws -> [PackageQuantizer.Step] {
        switch name {
        case "binary":
            let isPositive = try config.bool("use_01", default: false)
            return .signs + (isPositive ? [.binary(.add, 1), .binary(.multiply, 0.5)] : [])
        case "ternary": return .ternary(threshold: try config.double("threshold", default: 0.33))
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
