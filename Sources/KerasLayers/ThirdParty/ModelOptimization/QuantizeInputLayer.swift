import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `QuantizeLayer`: an identity.
///
/// Training rounded the numbers of its input to integers of a range, which the file holds.
///
/// Weights: the ends of the range if there is a quantizer; the number of the training step.
struct QuantizeInputLayer: KerasLayer {
    static let classNames = ["QuantizeLayer"]

    static let support = LayerSupport(
        package: "tensorflow-model-optimization", .keras2 ... .keras2,
        "an identity; quantization to integers takes its range")

    private let hasRange: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        hasRange = config["quantizer"].map { !$0.isNull } ?? false
    }

    var acceptsIntegers: Bool { true }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let ends = ["quantize_layer_min", "quantize_layer_max"]
        return ((hasRange ? ends : []) + ["optimizer_step"]).map {
            WeightSpec($0, [], isTrainable: false)
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        if hasRange {
            builder.setTrainedRange(
                TrainedRange(
                    try call.weight("quantize_layer_min"), try call.weight("quantize_layer_max")),
                of: try call.onlyInput())
        }
        return call.inputs
    }
}
