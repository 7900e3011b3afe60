import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `RMSNormalization`: x · scale / √(mean x² + ε) over some axes.
///
/// Weights: scale, of the extents of the axes.
struct RMSNormalizationLayer: KerasLayer {
    static let classNames = ["RMSNormalization"]

    static let support = LayerSupport(.keras3 ... .keras3)

    let axes: [Int]
    let epsilon: Double

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try config.axes("axis", default: [-1])
        epsilon = try config.double("epsilon", default: 1e-6)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let extents = try shape.checkedAxes(axes).map { try shape.knownExtent($0) }
        return [WeightSpec("scale", dims: extents)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let axes = try shape.checkedAxes(axes)
        let mean = try builder.reduce(
            .mean, builder.unary(.square, x), axes: axes, keepDimensions: true)
        let factor = try builder.unary(.rsqrt, builder.binary(.add, mean, epsilon))
        let scale = try call.weight("scale").aligned(to: axes, rank: shape.rank)
        return [
            try builder.multiply(
                builder.multiply(x, factor), builder.constant(scale, role: "scale"))
        ]
    }
}
