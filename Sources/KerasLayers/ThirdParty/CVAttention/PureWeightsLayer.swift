import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `PureWeigths` (spelled so by the package): an array that does not depend on the input.
///
/// Weights: gain of the extents of `shape`.
struct PureWeightsLayer: KerasLayer {
    static let classNames = ["kecam>PureWeigths"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let dims: [Int]

    init(config: LayerConfig, context: LayerContext) throws {
        dims = try config.ints("shape", in: ConfigLimits.size)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("gain", dims: dims)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try builder.constant(call.weight("gain"), role: "gain")]
    }
}
