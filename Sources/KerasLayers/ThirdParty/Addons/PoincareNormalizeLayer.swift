import GraphIR
import KerasFormat
import Tensors

/// `PoincareNormalize`: x scaled down to the norm 1 − ε along some axes if its norm is larger.
struct PoincareNormalizeLayer: KerasLayer {
    static let classNames = ["Addons>PoincareNormalize"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    /// Nil for all axes, the batch too.
    let axes: [Int]?
    let epsilon: Double

    init(config: LayerConfig, context: LayerContext) throws {
        axes = config.object["axis"] == nil ? [1] : try config.optionalInts("axis")
        epsilon = try config.double("epsilon", default: 1e-5)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let shape = builder.shape(of: x)
        let power = try builder.reduce(
            .sum, builder.unary(.square, x),
            axes: axes.map(shape.checkedAxes) ?? Array(shape.dims.indices), keepDimensions: true)
        let factor = try builder.binary(.multiply, builder.unary(.rsqrt, power), 1 - epsilon)
        return [try builder.multiply(x, builder.binary(.minimum, factor, 1))]
    }
}
