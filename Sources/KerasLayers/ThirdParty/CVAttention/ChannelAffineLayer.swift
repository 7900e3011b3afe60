import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `ChannelAffine`: x · weight + bias, by default for each channel.
///
/// Weights, of the extents of the axes: weight, bias (with `use_bias`).
struct ChannelAffineLayer: KerasLayer {
    static let classNames = ["resmlp>ChannelAffine"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let axes: AxisParameters
    private let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try AxisParameters(config: config)
        usesBias = try config.bool("use_bias", default: true)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let dims = try axes.dims(for: inputs.only().shape, keepsBatch: false)
        return [WeightSpec("weight", dims: dims)]
            + (usesBias ? [WeightSpec("bias", dims: dims)] : [])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let y = try builder.multiply(
            call.onlyInput(), builder.constant(call.weight("weight"), role: "weight"))
        guard let bias = call.weights["bias"] else { return [y] }
        return [try builder.add(y, builder.constant(bias, role: "bias"))]
    }
}
