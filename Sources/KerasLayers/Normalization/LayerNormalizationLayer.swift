import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `LayerNormalization`: γ · (x − mean) / √(var + ε) + β with mean and variance of each sample over some axes.
///
/// With `rms_scaling` x · γ / √(var + ε), without mean and β. Weights, of the extents of the axes: gamma, beta.
struct LayerNormalizationLayer: KerasLayer {
    static let classNames = ["LayerNormalization"]

    static let support = LayerSupport(.keras2 ... .keras3, "over one axis or several")

    let axes: [Int]
    /// Whether the parameters have their axes in the order of the configuration, though not their elements.
    let keepsOrder: Bool
    let epsilon: Double
    let scales: Bool
    let centers: Bool
    let usesRootMeanSquare: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try config.axes("axis", default: [-1])
        keepsOrder = context.version.keepsOrderOfNormalizedAxes
        epsilon = try config.double("epsilon", default: 1e-3)
        usesRootMeanSquare = try config.bool("rms_scaling", default: false)
        scales = try config.bool("scale", default: true) || usesRootMeanSquare
        centers = try config.bool("center", default: true) && !usesRootMeanSquare
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let ordered = keepsOrder ? axes : try shape.checkedAxes(axes)
        let extents = try ordered.map { try shape.knownExtent($0) }
        return (scales ? [WeightSpec("gamma", dims: extents)] : [])
            + (centers ? [WeightSpec("beta", dims: extents)] : [])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let axes = try shape.checkedAxes(axes)
        let extents = Shape(axes.map { shape.dims[$0] })
        func parameter(_ role: String) -> ValueID? {
            call.weights[role].map {
                let aligned = $0.reshaped(extents).aligned(to: axes, rank: shape.rank)
                return builder.constant(aligned, role: role)
            }
        }
        let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
        let variance = try builder.reduce(
            .mean, builder.binary(.squaredDifference, x, mean), axes: axes, keepDimensions: true)
        let factor = try builder.unary(.rsqrt, builder.binary(.add, variance, epsilon))
        let centered = usesRootMeanSquare ? x : try builder.subtract(x, mean)
        var y = try builder.multiply(centered, factor)
        if let gamma = parameter("gamma") { y = try builder.multiply(y, gamma) }
        if let beta = parameter("beta") { y = try builder.add(y, beta) }
        return [y]
    }
}

extension Constant {
    /// A parameter whose axes belong to `axes` (ascending) of a tensor of this rank, shaped so that it broadcasts.
    func aligned(to axes: [Int], rank: Int) -> Constant {
        guard let first = axes.first else { return self }
        var dims = [Int](repeating: 1, count: rank - first)
        for (position, axis) in axes.enumerated() { dims[axis - first] = shape.dims[position] }
        return reshaped(Shape(dims))
    }
}
