import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `FilterResponseNormalization`: γ · x / √(mean x² + |ε|) + β, the mean over height and width.
///
/// Weights: learned_epsilon `(1)` if it is learned, whose absolute value adds to ε; gamma and beta `(1, 1, 1, C)`.
struct FilterResponseNormalizationLayer: KerasLayer {
    static let classNames = ["Addons>FilterResponseNormalization"]

    static let support = LayerSupport(package: "tensorflow-addons", .keras2 ... .keras2)

    let epsilon: Double
    let learnsEpsilon: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        epsilon = abs(try config.double("epsilon", default: 1e-6))
        learnsEpsilon = try config.bool("learned_epsilon", default: false)
        let axes = try config.axes("axis", default: [1, 2])
        guard axes == [1, 2] else {
            throw Problem(.invalidField("axis", value: "\(axes)", expected: "[1, 2]"))
        }
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let dims = [1, 1, 1, try inputs.only().shape.knownExtent(-1)]
        return (learnsEpsilon ? [WeightSpec("learned_epsilon", dims: [1])] : [])
            + [WeightSpec("gamma", dims: dims), WeightSpec("beta", dims: dims)]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let learned = call.weights["learned_epsilon"]?.doubles().first ?? 0
        let power = try builder.reduce(
            .mean, builder.unary(.square, x), axes: [1, 2], keepDimensions: true)
        let factor = try builder.unary(.rsqrt, builder.binary(.add, power, epsilon + abs(learned)))
        let scaled = try builder.multiply(
            builder.multiply(x, factor), builder.constant(call.weight("gamma"), role: "gamma"))
        return [try builder.add(scaled, builder.constant(call.weight("beta"), role: "beta"))]
    }
}
