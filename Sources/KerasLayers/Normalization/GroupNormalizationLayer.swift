import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `GroupNormalization`: each group of channels of a sample normalized by its own mean and variance.
///
/// Weights, of the extent of the axis: gamma (with `scale`), beta (with `center`).
struct GroupNormalizationLayer: KerasLayer {
    static let classNames = ["GroupNormalization"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let groups: Int
    let axis: Int
    let epsilon: Double
    let scales: Bool
    let centers: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        groups = try config.int("groups", default: 32)
        axis = try config.axis("axis", default: -1)
        epsilon = try config.double("epsilon", default: 1e-3)
        scales = try config.bool("scale", default: true)
        centers = try config.bool("center", default: true)
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let channels = try shape.knownExtent(shape.checkedAxis(axis))
        return (scales ? [WeightSpec("gamma", dims: [channels])] : [])
            + (centers ? [WeightSpec("beta", dims: [channels])] : [])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let axis = try shape.checkedAxis(axis)
        let y: ValueID
        if axis == 1, shape.rank > 2 {
            y = try builder.channelsLast(x, .channelsFirst) {
                try normalized($0, call.weights, in: builder)
            }
        } else {
            y = try builder.alongLastAxis(x, axis: axis) {
                try normalized($0, call.weights, in: builder)
            }
        }
        return [y]
    }

    /// Normalizes `[N, …, C]` as `[N, positions, groups, C / groups]`.
    private func normalized(
        _ x: ValueID, _ weights: LayerWeights, in builder: GraphBuilder
    ) throws -> ValueID {
        let dims = builder.shape(of: x).dims
        let channels = try builder.shape(of: x).knownExtent(-1)
        let groups = self.groups == -1 ? channels : self.groups
        guard groups > 0, channels % groups == 0 else {
            throw Problem(
                .invalidField(
                    "groups", value: "\(groups)", expected: "a divisor of \(channels) channels"))
        }
        let inner = Shape(Array(dims.dropFirst().dropLast()))
        let positions =
            inner.isStatic ? Extent.known(inner.elementCount) : .rest
        func parameter(_ role: String) -> ValueID? {
            weights[role].map {
                builder.constant($0.reshaped([groups, channels / groups]), role: role)
            }
        }
        let grouped = try builder.reshape(
            x,
            [builder.extent(0, of: x), positions, .known(groups), .known(channels / groups)])
        let mean = try builder.reduce(.mean, grouped, axes: [1, 3], keepDimensions: true)
        let variance = try builder.reduce(
            .mean, builder.binary(.squaredDifference, grouped, mean), axes: [1, 3],
            keepDimensions: true)
        let factor = try builder.unary(.rsqrt, builder.binary(.add, variance, epsilon))
        var y = try builder.multiply(builder.subtract(grouped, mean), factor)
        if let gamma = parameter("gamma") { y = try builder.multiply(y, gamma) }
        if let beta = parameter("beta") { y = try builder.add(y, beta) }
        return try builder.reshape(y, builder.extents(of: x))
    }
}
