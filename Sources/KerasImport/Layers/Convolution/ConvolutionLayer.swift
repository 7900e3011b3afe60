import GraphIR
import Problems
import Tensors

/// `Conv1D`, `Conv2D`, `Conv3D`: a convolution over the spatial axes, with dilation and groups.
///
/// Weights: kernel `(k…, in / groups, filters)`, bias `(filters)`.
struct ConvolutionLayer: KerasLayer {
    static let classNames = ["Conv1D", "Conv2D", "Conv3D"]

    static let support = LayerSupport(
        .keras1 ... .keras3, "dilation, groups, causal padding, both data formats")

    let geometry: ConvolutionGeometry
    let filters: Int
    let groups: Int
    let usesBias: Bool
    let activation: LayerActivation

    init(config: LayerConfig, context: LayerContext) throws {
        geometry = try ConvolutionGeometry(
            config: config, rank: context.spatialRank, context: context)
        filters = try config.size("filters")
        groups = try config.size("groups", default: 1)
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
        guard filters % groups == 0 else {
            throw Problem(
                .invalidField(
                    "groups", value: "\(groups)", expected: "a divisor of the \(filters) filters"))
        }
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let channels = try geometry.channels(of: inputs)
        guard channels % groups == 0 else {
            throw Problem(
                .invalidField(
                    "groups", value: "\(groups)",
                    expected: "a divisor of the \(channels) input channels"))
        }
        let kernel = WeightSpec("kernel", dims: geometry.kernel + [channels / groups, filters])
        return usesBias ? [kernel, WeightSpec("bias", dims: [filters])] : [kernel]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let (kernel, bias) = (call.weights[0], usesBias ? call.weights[1] : nil)
        let y = try activation.apply(to: call.onlyInput(), geometry.format, in: builder) { x in
            geometry.rank == 3
                ? try builder.convolution3D(
                    x, kernel: kernel, bias: bias, groups: groups, geometry)
                : try builder.convolution(x, kernel: kernel, bias: bias, geometry)
        }
        return [y]
    }
}

extension GraphBuilder {
    /// The convolution of x `[N, spatial…, C]` with one or two spatial axes; the groups follow from the shapes.
    func convolution(
        _ x: ValueID, kernel: Constant, bias: Constant?, _ geometry: ConvolutionGeometry
    ) throws -> ValueID {
        let filter = kernel.asImageKernel(rank: geometry.rank).permuted([3, 0, 1, 2])
        return try windowed(x, geometry) { x in
            try add(
                .conv2D(
                    Conv2D(
                        strides: geometry.strides2D, dilations: geometry.dilations2D,
                        padding: geometry.padding)),
                [x, constant(filter, role: "kernel")] + biasInputs(bias))
        }
    }

    /// The convolution of x `[N, D, H, W, C]`; each group is a convolution of its own.
    func convolution3D(
        _ x: ValueID, kernel: Constant, bias: Constant?, groups: Int,
        _ geometry: ConvolutionGeometry
    ) throws -> ValueID {
        let op = Op.conv3D(
            Conv3D(
                strides: geometry.strides3D, dilations: geometry.dilations3D,
                padding: geometry.padding))
        guard groups > 1 else {
            return try add(op, [x, constant(kernel, role: "kernel")] + biasInputs(bias))
        }
        let (channels, filters) = (kernel.shape[3], kernel.shape[4] / groups)
        let parts = try (0..<groups).map { group in
            let range = group * filters..<(group + 1) * filters
            let part = try slice(x, axis: 4, from: group * channels, count: channels)
            let kernelPart = constant(kernel.sliced(range, axis: 4), role: "kernel")
            return try add(op, [part, kernelPart] + biasInputs(bias?.sliced(range, axis: 0)))
        }
        return try concatenate(parts, axis: 4)
    }
}
