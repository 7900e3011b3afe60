import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `DepthwiseConv1D`, `DepthwiseConv2D`: a convolution of each channel with `depth_multiplier` filters of its own.
///
/// Weights: kernel `(k…, in, depthMultiplier)`, bias `(in · depthMultiplier)`. Output channel `c · depthMultiplier + m` is
/// filter m of channel c.
struct DepthwiseConvolutionLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = ["DepthwiseConv1D": 1, "DepthwiseConv2D": 2]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(.keras2 ... .keras3, "dilation, both data formats")

    let geometry: ConvolutionGeometry
    let depthMultiplier: Int
    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        geometry = try ConvolutionGeometry(
            config: config, rank: context.spatialRank(Self.spatialRanks))
        depthMultiplier = try config.size("depth_multiplier", default: 1)
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let channels = try geometry.channels(of: inputs)
        let kernel = WeightSpec(
            "depthwise_kernel", dims: geometry.kernel + [channels, depthMultiplier])
        let outputs = try checkedProduct(channels, depthMultiplier, "the number of output channels")
        return usesBias ? [kernel, WeightSpec("bias", dims: [outputs])] : [kernel]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let y = try activation.apply(to: call.onlyInput(), geometry.format, in: builder) { x in
            try builder.depthwiseConvolution(
                x, kernel: call.weight("depthwise_kernel"), bias: call.weights["bias"], geometry)
        }
        return [y]
    }
}
