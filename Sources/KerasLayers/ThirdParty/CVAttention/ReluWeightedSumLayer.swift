import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `ReluWeightedSum`: the mean of the inputs, weighted by max(gain, 0).
///
/// Weights: gain `(inputs)`.
struct ReluWeightedSumLayer: KerasLayer {
    static let classNames = ["efficientdet>ReluWeightedSum"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    init(config: LayerConfig, context: LayerContext) throws {}

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("gain", dims: [inputs.count])]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let gain = try call.weight("gain").doubles().map { max($0, 0) }
        let total = gain.reduce(0, +)
        let terms = try zip(call.inputs, gain).map { input, gain in
            try builder.binary(.multiply, input, gain / total)
        }
        guard let first = terms.first else { throw Problem(.invalidShape("no inputs")) }
        return [try terms.dropFirst().reduce(first) { try builder.add($0, $1) }]
    }
}
