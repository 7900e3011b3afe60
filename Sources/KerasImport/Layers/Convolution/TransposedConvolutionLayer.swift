import GraphIR
import Problems
import Tensors

/// `Conv1DTranspose`, `Conv2DTranspose`, `Conv3DTranspose`: each input element adds a scaled kernel to the output.
///
/// Weights: kernel `(k…, filters, in)`, bias `(filters)`.
struct TransposedConvolutionLayer: KerasLayer {
    static let classNames = ["Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"]

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
            config: config, rank: context.spatialRank, context: context)
        outputPadding = try config.optionalInts(
            "output_padding", count: geometry.rank, in: 0...ConfigLimits.size.upperBound)
        filters = try config.size("filters")
        usesBias = try config.bool("use_bias", default: true)
        activation = try config.activation(context)
        guard geometry.border != .causal else {
            throw Problem(.invalidField("padding", value: "causal", expected: "valid or same"))
        }
    }

    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        let channels = try geometry.channels(of: inputs)
        let kernel = WeightSpec("kernel", dims: geometry.kernel + [filters, channels])
        return usesBias ? [kernel, WeightSpec("bias", dims: [filters])] : [kernel]
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let bias = usesBias ? call.weights[1] : nil
        let y = try activation.apply(to: call.onlyInput(), geometry.format, in: builder) { x in
            let plan = try TransposedConvolutionPlan(
                sizes: Array(builder.shape(of: x).dims.dropFirst().dropLast()), geometry,
                outputPadding: outputPadding)
            let kernel = try call.weights[0].dilated(geometry.dilations)
            return try builder.transposedConvolution(x, kernel: kernel, bias: bias, plan)
        }
        return [y]
    }
}

extension GraphBuilder {
    /// The transposed convolution of x `[N, spatial…, C]` with a kernel `(k…, out, C)`, cut to the sizes of the plan.
    func transposedConvolution(
        _ x: ValueID, kernel: Constant, bias: Constant?, _ plan: TransposedConvolutionPlan
    ) throws -> ValueID {
        var y: ValueID
        if plan.strides.count == 3 {
            let op = TransposeConv3D(
                strides: Size3D(plan.strides[0], plan.strides[1], plan.strides[2]),
                padding: plan.padding,
                size: Size3D(plan.scattered[0], plan.scattered[1], plan.scattered[2]),
                margin: plan.hasFreeSizes
                    ? Size3D(plan.margins[0], plan.margins[1], plan.margins[2]) : .one)
            y = try add(
                .transposeConv3D(op), [x, constant(kernel, role: "kernel")] + biasInputs(bias))
        } else {
            let filter = kernel.asImageKernel(rank: plan.strides.count).permuted([2, 0, 1, 3])
            let isRow = plan.strides.count == 1
            let op = TransposeConv2D(
                strides: isRow
                    ? Size2D(1, plan.strides[0]) : Size2D(plan.strides[0], plan.strides[1]),
                padding: plan.padding,
                size: isRow
                    ? Size2D(1, plan.scattered[0]) : Size2D(plan.scattered[0], plan.scattered[1]),
                margin: !plan.hasFreeSizes
                    ? .one
                    : isRow
                        ? Size2D(0, plan.margins[0]) : Size2D(plan.margins[0], plan.margins[1]))
            let body = { (x: ValueID) in
                try self.add(
                    .transposeConv2D(op),
                    [x, self.constant(filter, role: "kernel")] + self.biasInputs(bias))
            }
            y = isRow ? try asImageRow(x, body) : try body(x)
        }
        for (axis, cut) in plan.cuts.enumerated() where cut != [0, 0] {
            var amounts = [[Int]](repeating: [0, 0], count: plan.cuts.count + 2)
            amounts[axis + 1] = cut
            y = try trimmed(y, amounts)
        }
        return y
    }
}
