import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `Snake`: x + (1 − cos 2fx) / 2f.
///
/// Weights: the frequency f.
struct SnakeLayer: KerasLayer {
    static let classNames = ["Addons>Snake"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    init(config: LayerConfig, context: LayerContext) throws {}

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("frequency", dims: [])]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let frequency = try call.weight("frequency").doubles().first ?? 1
        return [try builder.snake(call.onlyInput(), frequency: frequency)]
    }
}
