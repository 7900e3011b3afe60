import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `SeparableConv1D`, `SeparableConv2D`: a depthwise convolution followed by one over the channels.
///
/// Stride and dilation belong to the first, bias and activation to the second.
/// Weights: depthwise `(k…, in, depthMultiplier)`, pointwise `(1…, in · depthMultiplier, filters)`, bias `(filters)`.
struct SeparableConvolutionLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = ["SeparableConv1D": 1, "SeparableConv2D": 2]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(
        .keras1 ... .keras3, "dilation, both data formats",
        exceptions: ["SeparableConv1D": .keras2 ... .keras3])

    let geometry: ConvolutionGeometry
    let filters: Int
    let depthMultiplier: Int
    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        geometry = try ConvolutionGeometry(
            config: config, rank: context.spatialRank(Self.spatialRanks))
        filters = try config.size("filters")
        depthMultiplier = try config.size("depth_multiplier", default: 1)
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
    }

    var keras1Storage: Keras1Storage {
        geometry.format == .channelsFirst ? .kernels(axes: [2, 3, 1, 0]) : .plain
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let channels = try geometry.channels(of: inputs)
        let ones = [Int](repeating: 1, count: geometry.rank)
        let inner = try checkedProduct(
            channels, depthMultiplier, "the number of depthwise channels")
        let kernels = [
            WeightSpec("depthwise_kernel", dims: geometry.kernel + [channels, depthMultiplier]),
            WeightSpec("pointwise_kernel", dims: ones + [inner, filters]),
        ]
        return usesBias ? kernels + [WeightSpec("bias", dims: [filters])] : kernels
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let y = try activation.apply(to: call.onlyInput(), geometry.format, in: builder) { x in
            let inner = try builder.depthwiseConvolution(
                x, kernel: call.weight("depthwise_kernel"), bias: nil, geometry)
            return try builder.convolution(
                inner, kernel: call.weight("pointwise_kernel"), bias: call.weights["bias"],
                ConvolutionGeometry(pointwiseRank: geometry.rank))
        }
        return [y]
    }
}
