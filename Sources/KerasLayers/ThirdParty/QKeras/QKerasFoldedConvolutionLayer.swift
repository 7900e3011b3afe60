import Foundations
import GraphIR
import KerasFormat
import KerasWeights
import Tensors

/// `QConv2DBatchnorm` and `QDepthwiseConv2DBatchnorm` of QKeras: convolutions whose weights are quantized after the batch
/// normalization behind them was folded into them.
///
/// Weights: those of the convolution of Keras, gamma (with `scale`), beta (with `center`), the count of training steps, which
/// inference ignores, moving_mean and moving_variance.
struct QKerasFoldedConvolutionLayer: KerasLayer {
    static let classNames = ["QConv2DBatchnorm", "QDepthwiseConv2DBatchnorm"]

    static let support = LayerSupport(
        package: "QKeras", .keras2 ... .keras2, "weights folded with the moving statistics")

    private let layer: any KerasLayer
    private let kernelRole: String
    private let kernelQuantizer: PackageQuantizer?
    private let biasQuantizer: PackageQuantizer?
    private let activation: PackageQuantizer?
    private let epsilon: Double
    private let scales: Bool
    private let centers: Bool
    private let hasBias: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        let isDepthwise = context.className == "QDepthwiseConv2DBatchnorm"
        kernelRole = isDepthwise ? "depthwise_kernel" : "kernel"
        func quantizer(_ field: String, isKernel: Bool) throws -> PackageQuantizer? {
            try QKerasQuantizer(config[field])?.quantizer(isKernel: isKernel)
        }
        kernelQuantizer = try quantizer(
            isDepthwise ? "depthwise_quantizer" : "kernel_quantizer", isKernel: true)
        biasQuantizer = try quantizer("bias_quantizer", isKernel: false)
        activation = try quantizer("activation", isKernel: false)
        epsilon = try config.double("epsilon", default: 1e-3)
        scales = try config.bool("scale", default: true)
        centers = try config.bool("center", default: true)
        hasBias = try config.bool("use_bias", default: true)
        let className = isDepthwise ? "DepthwiseConv2D" : "Conv2D"
        let bias = JSONValue.bool(true)
        layer = try context.layer(
            ofClass: className,
            replacing: activation == nil
                ? ["use_bias": bias] : ["use_bias": bias, "activation": .string("linear")])
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let specs = try layer.weightSpecs(for: inputs)
        guard let bias = specs.last else { return specs }
        func vector(_ role: String, isTrainable: Bool = true) -> WeightSpec {
            WeightSpec(role, bias.shape, isTrainable: isTrainable)
        }
        return (hasBias ? specs : specs.dropLast())
            + (scales ? [vector("gamma")] : []) + (centers ? [vector("beta")] : [])
            + [
                WeightSpec("iteration", dims: [], elementType: .int64, isTrainable: false),
                vector("moving_mean", isTrainable: false),
                vector("moving_variance", isTrainable: false),
            ]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let specs = try layer.weightSpecs(for: call.inputs.map { builder.type(of: $0) })
        let mean = try call.weight("moving_mean").doubles()
        func vector(_ role: String, _ fallback: Double) -> [Double] {
            call.weights[role]?.doubles() ?? [Double](repeating: fallback, count: mean.count)
        }
        let deviations = try call.weight("moving_variance").doubles().map {
            ($0 + epsilon).squareRoot()
        }
        let factors = zip(vector("gamma", 1), deviations).map { $0 / $1 }
        let bias = zip(zip(vector("bias", 0), mean), zip(factors, vector("beta", 0))).map {
            ($0.0 - $0.1) * $1.0 + $1.1
        }
        let weights = try specs.map { spec in
            guard spec.role == kernelRole else {
                let folded = Constant(bias, spec.shape)
                return biasQuantizer?.quantized(folded) ?? folded
            }
            // The last axes of a kernel are [in, filters], or [channels, multiplier] with a factor for each pair.
            let values = try call.weight(spec.role).doubles()
            let folded = Constant(
                values.enumerated().map { $1 * factors[$0 % factors.count] }, spec.shape)
            return kernelQuantizer?.quantized(folded) ?? folded
        }
        var inner = call
        inner.weights = LayerWeights(specs, weights)
        let y = try layer.build(inner, in: builder).only()
        return [try activation?.apply(to: y, in: builder) ?? y]
    }
}
