import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `SReLU` (Keras 1): the identity between two thresholds and other slopes outside, for each element.
///
/// With the right threshold r = left + |right|:
///
///     y = clamp(x, left, r) + leftSlope · min(x − left, 0) + rightSlope · max(x − r, 0)
///
/// Weights, each of the input's shape without the batch: left threshold, left slope, right threshold, right slope.
struct SReLULayer: KerasLayer {
    static let classNames = ["SReLU"]

    static let support = LayerSupport(.keras1 ... .keras1)

    init(config: LayerConfig, context: LayerContext) throws {}

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let extents = try shape.dims.indices.dropFirst().map { try shape.knownExtent($0) }
        return ["t_left", "a_left", "t_right", "a_right"].map { WeightSpec($0, dims: extents) }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let (first, width) = try (call.weight("t_left"), call.weight("t_right"))
        let sum = zip(first.doubles(), width.doubles()).map { $0 + abs($1) }
        let left = builder.constant(first, role: "t_left")
        let right = builder.constant(Constant(sum, width.shape), role: "t_right")
        let middle = try builder.binary(
            .minimum, builder.binary(.maximum, x, left), right)
        let below = try builder.binary(.minimum, builder.subtract(x, left), 0)
        let above = try builder.binary(.maximum, builder.subtract(x, right), 0)
        let outside = try builder.add(
            builder.multiply(below, builder.constant(call.weight("a_left"), role: "a_left")),
            builder.multiply(above, builder.constant(call.weight("a_right"), role: "a_right")))
        return [try builder.add(middle, outside)]
    }
}
