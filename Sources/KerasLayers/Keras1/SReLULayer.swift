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
        let sum = zip(call.weights[0].doubles(), call.weights[2].doubles()).map { $0 + abs($1) }
        let left = builder.constant(call.weights[0], role: "t_left")
        let right = builder.constant(Constant(sum, call.weights[2].shape), role: "t_right")
        let middle = try builder.binary(
            .minimum, builder.binary(.maximum, x, left), right)
        let below = try builder.binary(.minimum, builder.subtract(x, left), 0)
        let above = try builder.binary(.maximum, builder.subtract(x, right), 0)
        let outside = try builder.add(
            builder.multiply(below, builder.constant(call.weights[1], role: "a_left")),
            builder.multiply(above, builder.constant(call.weights[3], role: "a_right")))
        return [try builder.add(middle, outside)]
    }
}
