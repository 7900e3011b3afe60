import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `ZeroInitGain`: x · gain + bias with single numbers.
///
/// Weights: gain, bias (with `use_bias`).
struct ZeroInitGainLayer: KerasLayer {
    static let classNames = ["nfnets>ZeroInitGain"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let usesBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        usesBias = try config.bool("use_bias", default: false)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("gain", dims: [])] + (usesBias ? [WeightSpec("bias", dims: [])] : [])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let y = try builder.multiply(
            call.onlyInput(), builder.constant(call.weight("gain"), role: "gain"))
        guard let bias = call.weights["bias"] else { return [y] }
        return [try builder.add(y, builder.constant(bias, role: "bias"))]
    }
}
