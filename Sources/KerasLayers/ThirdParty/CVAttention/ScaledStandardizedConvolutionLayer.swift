import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `ScaledStandardizedConv2D`: a convolution whose filters have the mean 0 and the norm gain · gamma.
///
/// Weights: those of `Conv2D`, then gain `(filters)`.
struct ScaledStandardizedConvolutionLayer: KerasLayer {
    static let classNames = ["nfnets>ScaledStandardizedConv2D"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    private let convolution: ConvolutionLayer
    private let epsilon: Double
    private let gamma: Double

    init(config: LayerConfig, context: LayerContext) throws {
        convolution = try ConvolutionLayer(config: config, context: context)
        epsilon = try config.double("eps", default: 1e-5)
        gamma = try config.double("gamma", default: 1)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try convolution.weightSpecs(for: inputs)
            + [WeightSpec("gain", dims: [convolution.filters])]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try convolution.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        let kernel = standardized(
            try call.weight("kernel"), gain: try call.weight("gain").doubles())
        var inner = call
        inner.weights = LayerWeights(
            specs, [kernel] + call.weights.constants[1..<specs.count])
        return try convolution.build(inner, in: builder)
    }

    private func standardized(_ kernel: Constant, gain: [Double]) -> Constant {
        let values = kernel.doubles()
        let count = Double(values.count / gain.count)
        var sums = [Double](repeating: 0, count: gain.count)
        for (place, value) in values.enumerated() { sums[place % gain.count] += value }
        let means = sums.map { $0 / count }
        var powers = [Double](repeating: 0, count: gain.count)
        let centered = values.enumerated().map { place, value in
            let distance = value - means[place % gain.count]
            powers[place % gain.count] += distance * distance
            return distance
        }
        let factors = zip(powers, gain).map { $1 * gamma / max($0, epsilon).squareRoot() }
        return Constant(centered, kernel.shape).scaled(by: factors, axis: kernel.shape.rank - 1)
    }
}
