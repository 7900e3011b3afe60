import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `BatchNormalization`: γ · (x − μ) / √(σ² + ε) + β along one or several axes, with stored statistics.
///
/// If a call of Keras 2 states `training=True`, the statistics are those of the input over all other axes, the samples of a run included.
///
/// Weights: gamma (with `scale`), beta (with `center`), moving_mean, moving_variance, each of the axis' extent, or of the
/// rank of the input if there are several axes, with extent 1 along the others.
struct BatchNormalizationLayer: KerasLayer {
    static let classNames = [
        "BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2",
        "SyncBatchNormalization",
    ]

    static let support = LayerSupport(
        .keras1 ... .keras3,
        "with the moving statistics; in Keras 2 with those of each run if a call says `training=True`",
        exceptions: [
            "BatchNormalizationV1": .keras2 ... .keras2,
            "BatchNormalizationV2": .keras2 ... .keras2,
        ])

    let axes: [Int]
    let epsilon: Double
    let scales: Bool
    let centers: Bool
    let renormalizes: Bool
    /// Whether the layer uses its stored statistics in training, too.
    let alwaysInfers: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try config.axes("axis", default: [-1])
        epsilon = try config.double("epsilon", default: 1e-3)
        scales = try config.bool("scale", default: true)
        centers = try config.bool("center", default: true)
        renormalizes = try config.bool("renorm", default: false)
        alwaysInfers = context.version.frozenLayersInfer && !context.description.isTrainable
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let axes = try shape.checkedAxes(axes)
        let dims = try shape.dims.indices.map { axes.contains($0) ? try shape.knownExtent($0) : 1 }
        var names = ["moving_mean", "moving_variance"]
        if centers { names.insert("beta", at: 0) }
        if scales { names.insert("gamma", at: 0) }
        if renormalizes { names += ["moving_stddev", "renorm_mean", "renorm_stddev"] }
        return names.map {
            WeightSpec(
                $0, dims: axes.count == 1 ? [dims[axes[0]]] : dims,
                isTrainable: $0 == "gamma" || $0 == "beta")
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let axes = try shape.checkedAxes(axes)
        if call.isTraining, !alwaysInfers {
            return [try normalizedByRun(x, axes: axes, call, in: builder)]
        }
        let (mean, variance) = try (call.weight("moving_mean"), call.weight("moving_variance"))
        let parameters = [
            builder.constant(call.weights["gamma"] ?? .filled(1, mean.shape), role: "gamma"),
            builder.constant(call.weights["beta"] ?? .filled(0, mean.shape), role: "beta"),
            builder.constant(mean, role: "moving_mean"),
            builder.constant(variance, role: "moving_variance"),
        ]
        guard axes.count == 1, let axis = axes.first else {
            return [try normalized(x, parameters, in: builder)]
        }
        let isImage = axis == 1 && shape.rank > 3
        let y = try builder.channelsLast(x, isImage ? .channelsFirst : .channelsLast) { x in
            try builder.add(
                .batchNormalization(
                    BatchNormalization(axis: isImage ? shape.rank - 1 : axis, epsilon: epsilon)),
                [x] + parameters)
        }
        return [y]
    }

    /// The call in training: mean and variance are those of `x` over all axes but `axes`.
    private func normalizedByRun(
        _ x: ValueID, axes: [Int], _ call: CallContext, in builder: GraphBuilder
    ) throws -> ValueID {
        if renormalizes {
            throw Problem(
                .unsupported(
                    what: "renorm is not supported if a call states training=True",
                    remedy: "Call the layer without training=True."))
        }
        builder.remark(
            "called with training=True; normalizes by the mean and variance of each run", on: [x])
        let shape = builder.shape(of: x)
        let others = shape.dims.indices.filter { !axes.contains($0) }
        let mean = try builder.reduce(.mean, x, axes: others, keepDimensions: true)
        let variance = try builder.reduce(
            .mean, builder.binary(.squaredDifference, x, mean), axes: others, keepDimensions: true)
        let broadcast = Shape(
            try shape.dims.indices.map { axes.contains($0) ? try shape.knownExtent($0) : 1 })
        func parameter(_ role: String, standard: Double) -> ValueID {
            builder.constant(
                call.weights[role]?.reshaped(broadcast) ?? .filled(standard, broadcast), role: role)
        }
        return try normalized(
            x, [parameter("gamma", standard: 1), parameter("beta", standard: 0), mean, variance],
            in: builder)
    }

    /// The same in arithmetic, with parameters that broadcast to x.
    ///
    /// - Parameter parameters: gamma, beta, mean and variance.
    private func normalized(
        _ x: ValueID, _ parameters: [ValueID], in builder: GraphBuilder
    ) throws -> ValueID {
        let deviation = try builder.unary(
            .sqrt, builder.binary(.add, parameters[3], epsilon))
        let scale = try builder.divide(parameters[0], deviation)
        let centred = try builder.subtract(x, parameters[2])
        return try builder.add(builder.multiply(centred, scale), parameters[1])
    }
}
