import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `LayerScale` of the ConvNeXt models: x · gamma over the last axis.
///
/// Weights: gamma `(projection_dim)`.
struct LayerScaleLayer: KerasLayer {
    static let classNames = ["LayerScale"]

    static let support = LayerSupport(.keras2 ... .keras3, "of `keras.applications`")

    let dimension: Int

    init(config: LayerConfig, context: LayerContext) throws {
        dimension = try config.size("projection_dim")
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("gamma", dims: [dimension])]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let gamma = try builder.constant(call.weight("gamma"), role: "gamma")
        return [try builder.multiply(call.onlyInput(), gamma)]
    }
}
