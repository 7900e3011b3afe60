import Foundations
import KerasFormat
import Problems

/// The quantizers of larq.
enum LarqQuantizer {
    /// The classes, some of which have an alias.
    static let classNames = [
        "SteSign", "ApproxSign", "SwishSign", "SteHeaviside", "SteTern", "MagnitudeAwareSign",
        "DoReFa", "DoReFaQuantizer",
    ]

    private static let aliases = [
        "ste_sign": "SteSign", "approx_sign": "ApproxSign", "swish_sign": "SwishSign",
        "ste_heaviside": "SteHeaviside", "ste_tern": "SteTern",
        "magnitude_aware_sign": "MagnitudeAwareSign", "dorefa_quantizer": "DoReFa",
    ]

    /// The quantizer that a field of a configuration asks for; nil for none.
    static func quantizer(_ value: JSONValue?) throws -> PackageQuantizer? {
        guard let value, let name = value.string ?? value["class_name"]?.string else { return nil }
        let className = aliases[name] ?? name
        if className == "NoOp" || className == "NoOpQuantizer" { return nil }
        return try quantizer(
            className: className, LayerConfig(value["config"]?.object ?? JSONObject()))
    }

    /// The quantizer of a class.
    ///
    /// - Throws: `Problem.Kind.unsupported` for a class of the caller's own.
    static func quantizer(className: String, _ config: LayerConfig) throws -> PackageQuantizer {
        switch className {
        case "SteSign", "ApproxSign", "SwishSign": return PackageQuantizer(.signs)
        case "SteHeaviside": return PackageQuantizer([.unary(.sign), .binary(.maximum, 0)])
        case "MagnitudeAwareSign": return PackageQuantizer(weights: signsOfMeanSize)
        case "SteTern":
            if try config.bool("ternary_weight_networks", default: false) {
                return PackageQuantizer { values, _ in
                    let sum = values.reduce(0) { $0 + abs($1) }
                    let threshold = 0.7 * sum / Double(max(values.count, 1))
                    return values.map { $0 >= threshold ? 1 : $0 <= -threshold ? -1 : 0 }
                }
            }
            let threshold = try config.double("threshold_value", default: 0.05)
            return PackageQuantizer(threshold > 0 ? .ternary(threshold: threshold) : .signs)
        case "DoReFa", "DoReFaQuantizer":
            let levels = Double(1 << (try config.int("k_bit", default: 2, in: 1...32)) - 1)
            guard try config.string("mode", default: "activations") == "weights" else {
                return PackageQuantizer(.clipped(0, 1) + .rounded(levels: levels))
            }
            return PackageQuantizer { values, _ in
                let limited = values.map { tanh($0) }
                let largest = limited.reduce(0) { max($0, abs($1)) }
                return limited.map {
                    let share = largest == 0 ? 0.5 : $0 / (2 * largest) + 0.5
                    return 2 * (share * levels).rounded(.toNearestOrEven) / levels - 1
                }
            }
        default:
            throw Problem(
                .unsupported(
                    what: "the quantizer '\(className)' is not one of larq's own",
                    remedy: "Use one of larq's quantizers."))
        }
    }

    /// Signs times the mean size of the elements of a channel.
    private static func signsOfMeanSize(_ values: [Double], channels: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: channels)
        for (place, value) in values.enumerated() { sums[place % channels] += abs(value) }
        let count = Double(values.count / max(channels, 1))
        return values.enumerated().map { place, value in
            (value >= 0 ? 1 : -1) * sums[place % channels] / count
        }
    }
}
