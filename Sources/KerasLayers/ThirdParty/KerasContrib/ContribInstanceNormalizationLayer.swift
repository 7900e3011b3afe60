import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// `InstanceNormalization` of keras-contrib: γ · (x − mean) / (deviation + ε) + β, of each sample and each element of an axis, or of
/// a whole sample without an axis.
///
/// Other projects add ε to the variance; they write other fields, or the package in front of the name. Weights, of the extent of
/// the axis or 1: gamma (with `scale`), beta (with `center`).
struct ContribInstanceNormalizationLayer: KerasLayer {
    static let classNames = ["InstanceNormalization"]

    static let support = LayerSupport(
        package: "keras-contrib", .keras2 ... .keras2, "as defined there, by its fields")

    private let axis: Int?
    private let epsilon: Double
    private let scales: Bool
    private let centers: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        guard config.object["axis"] != nil, config.has("epsilon"), config.has("center"),
            config.has("scale"), config.object["groups"] == nil
        else { throw Problem(.unknownLayer(nearest: nil)) }
        axis = try config.optionalInt("axis")
        epsilon = try config.double("epsilon")
        scales = try config.bool("scale")
        centers = try config.bool("center")
    }

    var passesMask: Bool { true }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let shape = try inputs.only().shape
        let extent = try axis.map { try shape.knownExtent($0) } ?? 1
        return (scales ? [WeightSpec("gamma", dims: [extent])] : [])
            + (centers ? [WeightSpec("beta", dims: [extent])] : [])
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        builder.remark(
            "taken for the class of keras-contrib: (x - mean) / (deviation + epsilon)",
            on: call.inputs)
        let shape = builder.shape(of: x)
        let kept = try axis.map(shape.checkedAxis)
        let axes = (1..<max(shape.rank, 1)).filter { $0 != kept }
        let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
        let centered = try builder.subtract(x, mean)
        let variance = try builder.reduce(
            .mean, builder.unary(.square, centered), axes: axes, keepDimensions: true)
        let deviation = try builder.binary(.add, builder.unary(.sqrt, variance), epsilon)
        var y = try builder.divide(centered, deviation)
        func parameter(_ role: String) -> ValueID? {
            call.weights[role].map { weight in
                var dims = [Int](repeating: 1, count: shape.rank)
                if let kept { dims[kept] = weight.shape[0] }
                return builder.constant(weight.reshaped(Shape(dims)), role: role)
            }
        }
        if let gamma = parameter("gamma") { y = try builder.multiply(y, gamma) }
        if let beta = parameter("beta") { y = try builder.add(y, beta) }
        return [y]
    }
}
