import GraphIR
import KerasFormat
import KerasFunctions
import KerasWeights
import Problems
import Tensors

/// `Conv1DTranspose`, `Conv2DTranspose`, `Conv3DTranspose`: each input element adds a scaled kernel to the output.
///
/// Weights: kernel `(k…, filters, in)`, bias `(filters)`.
struct TransposedConvolutionLayer: KerasLayer {
    static let spatialRanks: KeyValuePairs = [
        "Conv1DTranspose": 1, "Conv2DTranspose": 2, "Conv3DTranspose": 3,
    ]

    static let classNames = spatialRanks.map(\.key)

    static let support = LayerSupport(
        .keras1 ... .keras3, "dilation and output padding, both data formats",
        exceptions: [
            "Conv1DTranspose": .keras2 ... .keras3, "Conv3DTranspose": .keras2 ... .keras3,
        ])

    let geometry: ConvolutionGeometry
    let outputPadding: [Int]?
    let filters: Int
    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        geometry = try ConvolutionGeometry(
            config: config, rank: context.spatialRank(Self.spatialRanks))
        outputPadding = try config.optionalInts(
            "output_padding", count: geometry.rank, in: 0...ConfigLimits.size.upperBound)
        filters = try config.size("filters")
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
        guard geometry.border != .causal else {
            throw Problem(.invalidField("padding", value: "causal", expected: "valid or same"))
        }
    }

    var keras1Storage: Keras1Storage {
        .kernel(axes: geometry.format == .channelsFirst ? [2, 3, 0, 1] : [0, 1, 3, 2])
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let channels = try geometry.channels(of: inputs)
        let kernel = WeightSpec(
            "kernel", dims: geometry.kernel + [filters, channels],
            kind: geometry.rank == 2 ? .convolutionKernel : .plain)
        return usesBias ? [kernel, WeightSpec("bias", dims: [filters])] : [kernel]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let y = try activation.apply(to: call.onlyInput(), geometry.format, in: builder) { x in
            let plan = try TransposedConvolutionPlan(
                sizes: Array(builder.shape(of: x).dims.dropFirst().dropLast()), geometry,
                outputPadding: outputPadding)
            let kernel = try call.weight("kernel").dilated(geometry.dilations)
            return try builder.transposedConvolution(
                x, kernel: kernel, bias: call.weights["bias"], plan)
        }
        return [y]
    }
}
