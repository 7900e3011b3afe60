import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `DivideScale`: x / max(scale, min_value).
///
/// Weights, of the extents of the axes: weight.
struct DivideScaleLayer: KerasLayer {
    static let classNames = ["swinv2>DivideScale"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let axes: AxisParameters
    private let least: Double

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try AxisParameters(config: config)
        least = try config.double("min_value", default: 0.01)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("weight", dims: try axes.dims(for: inputs.only().shape, keepsBatch: true))]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let scale = try call.weight("weight")
        let bounded = Constant(scale.doubles().map { max($0, least) }, scale.shape)
        return [
            try builder.divide(call.onlyInput(), builder.constant(bounded, role: "weight"))
        ]
    }
}
