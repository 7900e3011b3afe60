import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `ExpLogitScale`: x · exp(min(gamma, max_value)).
///
/// Weights, of the extents of the axes: gamma.
struct ExpLogitScaleLayer: KerasLayer {
    static let classNames = ["kecam>ExpLogitScale"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let axes: AxisParameters
    private let largest: Double

    init(config: LayerConfig, context: LayerContext) throws {
        axes = try AxisParameters(config: config)
        largest = try config.double("max_value", default: log(100))
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("gamma", dims: try axes.dims(for: inputs.only().shape, keepsBatch: true))]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let gamma = try call.weight("gamma")
        let factors = Constant(gamma.doubles().map { exp(min($0, largest)) }, gamma.shape)
        return [
            try builder.multiply(call.onlyInput(), builder.constant(factors, role: "gamma"))
        ]
    }
}
