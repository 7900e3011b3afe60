import GraphIR
import KerasFormat
import Tensors

/// `UnitNormalization`: x / ‖x‖ over some axes.
///
/// Norms are at least 10⁻⁶ in Keras 2 and 10⁻¹² in Keras 3.
struct UnitNormalizationLayer: KerasLayer {
    static let classNames = ["UnitNormalization"]

    static let support = LayerSupport(.keras2 ... .keras3)

    let axes: [Int]
    let smallestNorm: Double

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try config.axes("axis", default: [-1])
        smallestNorm = context.version.smallestNorm
    }

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let axes = try shape.checkedAxes(axes)
        if smallestNorm == 1e-6, axes == [shape.rank - 1] {
            return [try builder.add(.l2Normalization(L2Normalization()), [x])]
        }
        let sum = try builder.reduce(
            .sum, builder.unary(.square, x), axes: axes, keepDimensions: true)
        let bounded = try builder.binary(.maximum, sum, smallestNorm * smallestNorm)
        return [try builder.multiply(x, builder.unary(.rsqrt, bounded))]
    }
}
