import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `BatchNormalization` of Keras 1 with mode 1: γ · (x − mean) / (√(var + ε) + ε) + β, each sample over the last axis.
///
/// Mode 2 takes the statistics of the batch at hand, which no converted model can. Weights, of the extent of `axis`:
/// gamma, beta, and statistics of the training that are not used.
struct SampleNormalizationLayer: KerasLayer {
    static let classNames = ["SampleNormalization"]
    static let support = LayerSupport(
        .keras1 ... .keras1, "`BatchNormalization` with mode 1; mode 2 is refused")

    let axis: Int
    let epsilon: Double

    init(config: LayerConfig, context: LayerContext) throws {
        guard try config.int("mode", default: 1) == 1 else {
            throw Problem(
                .unsupported(
                    what: "BatchNormalization with mode 2 normalizes by the batch it is given",
                    remedy: "Train the model again with mode 0."))
        }
        axis = try config.axis("axis", default: -1)
        epsilon = try config.double("epsilon", default: 1e-3)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let channels = try shape.knownExtent(shape.checkedAxis(axis))
        return ["gamma", "beta", "moving_mean", "moving_variance"].map {
            WeightSpec($0, dims: [channels], isTrainable: $0 == "gamma" || $0 == "beta")
        }
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let axes = [builder.shape(of: x).rank - 1]
        let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
        let variance = try builder.reduce(
            .mean, builder.binary(.squaredDifference, x, mean), axes: axes, keepDimensions: true)
        let deviation = try builder.unary(.sqrt, builder.binary(.add, variance, epsilon))
        let y = try builder.divide(
            builder.subtract(x, mean), builder.binary(.add, deviation, epsilon))
        let scaled = try builder.multiply(y, builder.constant(call.weight("gamma"), role: "gamma"))
        return [try builder.add(scaled, builder.constant(call.weight("beta"), role: "beta"))]
    }
}
