import Foundations
import GraphIR
import KerasFormat
import Problems

/// The filter banks of librosa, which kapre takes.
enum FilterBank {
    /// Triangles that are equally wide on the mel scale: for each band the weight of each frequency.
    static func mel(_ config: LayerConfig, count: Int) throws -> [[Double]] {
        let rate = try config.double("sample_rate")
        let bands = try config.size("n_mels", default: 128)
        let lowest = try config.double("f_min", default: 0)
        let highest = try config.optionalDouble("f_max") ?? rate / 2
        let isHTK = try config.bool("htk", default: false)
        let norm = config.object["norm"] == nil ? .string("slaney") : config["norm"]
        guard norm == nil || norm == .string("slaney") || norm?.number ?? 0 > 0, bands < 1 << 16,
            count > 1
        else {
            throw Problem(
                .invalidField(
                    "norm", value: norm?.description ?? "",
                    expected: "slaney, None or a positive number"))
        }
        try checkList(checkedProduct(bands, count, "the bands"), "the bands")
        let (first, last) = (pitch(lowest, isHTK), pitch(highest, isHTK))
        let edges = (0..<bands + 2).map {
            frequency(first + (last - first) * Double($0) / Double(bands + 1), isHTK)
        }
        return (0..<bands).map { band in
            let (lower, center, upper) = (edges[band], edges[band + 1], edges[band + 2])
            let height = norm?.string == nil ? 1 : 2 / (upper - lower)
            let triangle = (0..<count).map { bin in
                let own = rate / 2 * Double(bin) / Double(count - 1)
                let slope = min((own - lower) / (center - lower), (upper - own) / (upper - center))
                return max(0, slope) * height
            }
            return norm?.number.map { scaled(triangle, toNorm: $0) } ?? triangle
        }
    }

    /// Weights divided by their norm of an order, unless that is next to nothing.
    private static func scaled(_ weights: [Double], toNorm order: Double) -> [Double] {
        let norm =
            order == .infinity
            ? weights.max() ?? 0
            : pow(weights.reduce(0) { $0 + pow($1, order) }, 1 / order)
        return norm < .leastNormalMagnitude ? weights : weights.map { $0 / norm }
    }

    /// Bells that are equally wide on the scale of octaves, whose weights sum to 1.
    static func logarithmic(_ config: LayerConfig, count: Int) throws -> [[Double]] {
        let rate = try config.double("sample_rate")
        let bands = try config.size("n_bins", default: 84)
        let octave = Double(try config.size("bins_per_octave", default: 12))
        let lowest = try config.optionalDouble("f_min") ?? 32.70319566
        let width = try config.double("spread", default: 0.125) / octave
        guard bands < 1 << 16, count > 1, lowest > 0 else {
            throw Problem(.invalidField("n_bins", value: "\(bands)", expected: "fewer bands"))
        }
        try checkList(checkedProduct(bands, count, "the bands"), "the bands")
        let octaves = (1..<count).map { log2(rate / 2 * Double($0) / Double(count - 1)) }
        return (0..<bands).map { band in
            let center = log2(lowest) + Double(band) / octave
            let weights = octaves.map { own in
                let distance = (own - center) / width
                return exp(-0.5 * distance * distance - log2(width) - own)
            }
            let sum = weights.reduce(0, +)
            return [0] + (sum < .leastNormalMagnitude ? weights : weights.map { $0 / sum })
        }
    }

    private static let knee = 1000.0
    private static let step = log(6.4) / 27

    private static func pitch(_ frequency: Double, _ isHTK: Bool) -> Double {
        if isHTK { return 2595 * log10(1 + frequency / 700) }
        return frequency < knee ? frequency * 3 / 200 : 15 + log(frequency / knee) / step
    }

    private static func frequency(_ pitch: Double, _ isHTK: Bool) -> Double {
        if isHTK { return 700 * (pow(10, pitch / 2595) - 1) }
        return pitch < 15 ? pitch * 200 / 3 : knee * exp(step * (pitch - 15))
    }
}
