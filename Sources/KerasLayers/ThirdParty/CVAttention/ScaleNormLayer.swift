import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `RMSNorm` of the language models: γ · x / √(mean(x²) + ε) along the last axis.
///
/// Weights: gamma of the extent of the axis.
struct ScaleNormLayer: KerasLayer {
    static let classNames = ["kecam/llama2>RMSNorm"]

    static let support = LayerSupport(
        package: "keras-cv-attention-models", .keras2 ... .keras3, "along the last axis")

    private let epsilon: Double
    private let axis: Int

    init(config: LayerConfig, context: LayerContext) throws {
        epsilon = try config.double("epsilon", default: 1e-5)
        axis = try config.axis("axis", default: -1)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        [WeightSpec("gamma", dims: [try inputs.only().shape.knownExtent(axis)])]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let rank = builder.shape(of: x).rank
        guard axis == -1 || axis == rank - 1 else {
            throw Problem(.invalidField("axis", value: "\(axis)", expected: "the last axis"))
        }
        let power = try builder.reduce(
            .mean, builder.unary(.square, x), axes: [rank - 1], keepDimensions: true)
        let y = try builder.multiply(
            x, builder.unary(.rsqrt, builder.binary(.add, power, epsilon)))
        return [try builder.multiply(y, builder.constant(call.weight("gamma"), role: "gamma"))]
    }
}
