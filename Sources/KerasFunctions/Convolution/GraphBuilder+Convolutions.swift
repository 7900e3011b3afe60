import GraphIR
import Problems
import Tensors

/// Convolutions with kernels as Keras lays them out.
extension GraphBuilder {
    /// Applies `body`, which gets an image `[N, H, W, C]`, to x `[N, W, C]` or `[N, H, W, C]` after any causal padding.
    func windowed(
        _ x: ValueID, _ geometry: ConvolutionGeometry, _ body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        var x = x
        if geometry.border == .causal {
            let (zeros, overflow) = geometry.dilations[0].multipliedReportingOverflow(
                by: geometry.kernel[0] - 1)
            guard !overflow else {
                throw Problem(.tooLarge(what: "causal padding", value: "\(geometry.dilations)"))
            }
            x = try pad(x, [.none, PadAmount(zeros, 0), .none])
        }
        return geometry.rank == 1 ? try asImageRow(x, body) : try body(x)
    }

    /// The optional bias of a layer as inputs of an operation.
    package func biasInputs(_ bias: Constant?) -> [ValueID] {
        bias.map { [constant($0, role: "bias")] } ?? []
    }

    /// The convolution of x `[N, spatial…, C]` with one or two spatial axes; the groups follow from the shapes.
    package func convolution(
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
    package func convolution3D(
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

    /// The depthwise convolution of x `[N, spatial…, C]` with one or two spatial axes; kernel `(k…, C, multiplier)`.
    package func depthwiseConvolution(
        _ x: ValueID, kernel: Constant, bias: Constant?, _ geometry: ConvolutionGeometry
    ) throws -> ValueID {
        let kernel = kernel.asImageKernel(rank: geometry.rank)
        let shape = kernel.shape
        let filter = kernel.reshaped([1, shape[0], shape[1], shape[2] * shape[3]])
        return try windowed(x, geometry) { x in
            try add(
                .depthwiseConv2D(
                    DepthwiseConv2D(
                        strides: geometry.strides2D, dilations: geometry.dilations2D,
                        padding: geometry.padding)),
                [x, constant(filter, role: "depthwise_kernel")] + biasInputs(bias))
        }
    }

    /// The transposed convolution of x `[N, spatial…, C]` with a kernel `(k…, out, C)`, cut to the sizes of the plan.
    package func transposedConvolution(
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
        for (axis, cut) in plan.cuts.enumerated() where cut != .none {
            var amounts = [PadAmount].none(rank: plan.cuts.count + 2)
            amounts[axis + 1] = cut
            y = try trimmed(y, amounts)
        }
        return y
    }
}

extension Constant {
    /// A kernel of one spatial axis `(k, …)` as one of two `(1, k, …)`; others stay.
    func asImageKernel(rank: Int) -> Constant {
        rank == 1 ? reshaped(Shape([1] + shape.dims)) : self
    }
}
