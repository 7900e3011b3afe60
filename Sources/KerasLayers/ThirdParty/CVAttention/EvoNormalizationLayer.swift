import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `EvoNormalization`: a normalization and an activation in one, B0 with stored statistics or S0 with those of groups.
///
///     B0    x / max(√(moving_variance + ε), vv · x + √(variance of the sample + ε)) · γ + β
///     S0    x · σ(vv · x) / √(variance of the group + ε) · γ + β
///
/// Without `nonlinearity` S0 is x / √(…) · γ + β, and B0 is x · γ + β. Weights `(1, …, C)`: gamma, beta, moving_variance (B0),
/// vv (with `nonlinearity`).
struct EvoNormalizationLayer: CompositeLayer {
    static let classNames = ["kecamCommon>EvoNormalization"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "channels last")

    let context: LayerContext
    private let isNonlinear: Bool
    private let groups: Int
    private let epsilon: Double

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        isNonlinear = try config.bool("nonlinearity", default: true)
        groups = try config.int("num_groups", default: -1)
        epsilon = try config.double("epsilon", default: 1e-3)
        guard try config.string("data_format", default: "auto") != "channels_first" else {
            throw Problem(
                .invalidField(
                    "data_format", value: "channels_first", expected: "auto or channels_last"))
        }
    }

    func outputs(of call: CustomCall) throws -> [ValueID] {
        let (x, builder) = (try call.onlyInput(), call.builder)
        let rank = builder.shape(of: x).rank
        let channels = try builder.shape(of: x).knownExtent(-1)
        let dims = [Int](repeating: 1, count: rank - 1) + [channels]
        let gamma = try call.weight("gamma", dims: dims, isTrainable: true)
        let beta = try call.weight("beta", dims: dims, isTrainable: true)
        let stored =
            groups > 0 ? nil : try call.weight("moving_variance", dims: dims, isTrainable: false)
        let slope = isNonlinear ? try call.weight("vv", dims: dims, isTrainable: true) : nil
        var y = x
        if let stored, let slope {
            let axes = Array(1..<rank - 1)
            let own = try builder.add(
                builder.multiply(x, slope), deviation(x, axes: axes, in: builder))
            let bound = try builder.unary(.sqrt, builder.binary(.add, stored, epsilon))
            y = try builder.divide(x, builder.binary(.maximum, bound, own))
        } else if groups > 0 {
            let gated = try slope.map {
                try builder.multiply(x, builder.unary(.sigmoid, builder.multiply(x, $0)))
            }
            y = try builder.divide(gated ?? x, groupDeviation(x, channels, in: builder))
        }
        return [try builder.add(builder.multiply(y, gamma), beta)]
    }

    /// √(variance + ε) over some axes, which stay.
    private func deviation(
        _ x: ValueID, axes: [Int], in builder: GraphBuilder
    ) throws -> ValueID {
        let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
        let variance = try builder.reduce(
            .mean, builder.binary(.squaredDifference, x, mean), axes: axes, keepDimensions: true)
        return try builder.unary(.sqrt, builder.binary(.add, variance, epsilon))
    }

    /// The deviation of the group of each channel, `[N, 1, …, C]`.
    private func groupDeviation(
        _ x: ValueID, _ channels: Int, in builder: GraphBuilder
    ) throws -> ValueID {
        let count = (1...groups).last { channels % $0 == 0 } ?? 1
        let extents = builder.extents(of: x)
        let rank = extents.count
        let grouped = try builder.reshape(
            x, Array(extents.dropLast()) + [.known(count), .known(channels / count)])
        let own = try deviation(grouped, axes: Array(1..<rank - 1) + [rank], in: builder)
        let wide = try builder.broadcast(
            own,
            [extents[0]] + [Extent](repeating: .known(1), count: rank - 2)
                + [.known(count), .known(channels / count)])
        return try builder.reshape(
            wide,
            [extents[0]] + [Extent](repeating: .known(1), count: rank - 2) + [.known(channels)])
    }
}
