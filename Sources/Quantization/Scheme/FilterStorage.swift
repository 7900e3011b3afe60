import GraphIR
import Tensors

/// How the weights and the bias of a sum of products are stored beside integers.
struct FilterStorage {
    /// The symmetric storage of the filter.
    let filter: Storage
    /// The storage of the bias: integers of the product of both scales.
    let bias: Storage?

    /// The greatest integer that a bias may become, so that products can still be added to it.
    private static let greatestBias = Double(1 << 30)

    /// Nil if a weight is infinite.
    ///
    /// - Parameters:
    ///   - input: the storage of the activations.
    ///   - scales: which weights share a scale.
    init?(
        _ filter: Constant, _ bias: Constant?, input: Storage, _ scales: WeightUse.Scales,
        weightBits: Int
    ) {
        guard let inputScale = input.scale,
            case .integer(_, _, let symmetric)? = WeightUse.storage(
                of: filter, scales, bits: weightBits)
        else { return nil }
        var steps = symmetric.scales
        if let bias {
            let magnitudes = bias.doubles().map { abs($0) }
            guard magnitudes.allSatisfy(\.isFinite) else { return nil }
            let isEmpty = Self.emptySlices(filter, symmetric.axis)
            for (channel, magnitude) in magnitudes.enumerated() {
                let slice = symmetric.axis == nil ? 0 : channel
                // Without weights the scale serves the bias alone.
                let least = magnitude / Self.greatestBias / Double(inputScale)
                if isEmpty[slice], magnitude > 0 {
                    steps[slice] =
                        symmetric.axis == nil ? max(steps[slice], Float(least)) : Float(least)
                } else if Double(steps[slice]) < least {
                    steps[slice] = Float(least)
                }
            }
            steps = steps.map { max($0, .leastNormalMagnitude) }
            if case .rowGroups(let count) = scales { steps = Self.widened(steps, groups: count) }
        }
        let weights = Storage.integer(
            bits: weightBits, isSigned: true, Self.parameters(steps, axis: symmetric.axis))
        self.filter = weights
        self.bias = bias == nil ? nil : Self.bias(of: input, weights)
    }

    /// The storage of a bias beside an input and a filter; nil unless both are integers.
    static func bias(of input: Storage, _ filter: Storage) -> Storage? {
        guard case .integer(let bits, _, let inputs) = input,
            case .integer(_, _, let weights) = filter
        else { return nil }
        let scales = weights.scales.map { max(inputs.scales[0] * $0, .leastNormalMagnitude) }
        return .integer(
            bits: bits == 8 ? 32 : 64, isSigned: true,
            parameters(scales, axis: weights.axis.map { _ in 0 }))
    }

    private static func parameters(_ scales: [Float], axis: Int?) -> QuantizationParameters {
        axis.map {
            QuantizationParameters(
                scales: scales, zeroPoints: [Int](repeating: 0, count: scales.count), axis: $0)
        } ?? QuantizationParameters(scale: scales[0])
    }

    /// Scales of which each of some equal groups has one, the greatest.
    private static func widened(_ steps: [Float], groups: Int) -> [Float] {
        let size = steps.count / groups
        return steps.indices.map { index in
            let group = index / size * size
            return steps[group..<group + size].max() ?? steps[index]
        }
    }

    /// The slices whose weights are all 0.
    private static func emptySlices(_ filter: Constant, _ axis: Int?) -> [Bool] {
        filter.extremes(along: axis).map { $0.low == 0 && $0.high == 0 }
    }
}
