import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Windows that slide over images.
    static let convolutions: [String: Single] = [
        "Conv": { arguments, builder in
            let x = try arguments.floatInput()
            if let filter = try arguments.computedKernel(), builder.shape(of: filter).rank == 4 {
                let geometry = try arguments.geometry(builder.shape(of: filter))
                return try builder.channelsLast(x, geometry.format) { x in
                    let op = Conv2D(
                        strides: geometry.strides2D, dilations: geometry.dilations2D,
                        padding: geometry.padding)
                    let transposed = try builder.transpose(builder.floating(filter), [3, 0, 1, 2])
                    return try builder.add(.conv2D(op), [x, transposed])
                }
            }
            let kernel = try arguments.kernel(of: builder.shape(of: x).rank)
            let geometry = try arguments.geometry(kernel.shape)
            return try builder.channelsLast(x, geometry.format) { x in
                geometry.rank == 3
                    ? try builder.convolution3D(
                        x, kernel: kernel, bias: nil, groups: 1, geometry)
                    : try builder.convolution(x, kernel: kernel, bias: nil, geometry)
            }
        },
        "DepthwiseConv": { arguments, builder in
            let x = try arguments.floatInput()
            let kernel = try arguments.kernel(of: builder.shape(of: x).rank)
            let geometry = try arguments.geometry(kernel.shape)
            return try builder.channelsLast(x, geometry.format) { x in
                try builder.depthwiseConvolution(x, kernel: kernel, bias: nil, geometry)
            }
        },
        "SeparableConv": { arguments, builder in
            let x = try arguments.floatInput()
            let rank = builder.shape(of: x).rank
            let depthwise = try arguments.kernel(
                of: rank, 1, "depthwise_kernel", "depthwise_filter")
            let pointwise = try arguments.kernel(
                of: rank, 2, "pointwise_kernel", "pointwise_filter")
            let geometry = try arguments.geometry(depthwise.shape)
            return try builder.channelsLast(x, geometry.format) { x in
                let inner = try builder.depthwiseConvolution(
                    x, kernel: depthwise, bias: nil, geometry)
                return try builder.convolution(
                    inner, kernel: pointwise, bias: nil,
                    ConvolutionGeometry(pointwiseRank: geometry.rank))
            }
        },
        "ConvTranspose": { arguments, builder in
            let x = try arguments.floatInput()
            let kernel = try arguments.kernel(of: builder.shape(of: x).rank)
            let geometry = try arguments.geometry(kernel.shape)
            let padding = try arguments.integers(nil, "output_padding").map {
                $0.count == 1 ? [Int](repeating: $0[0], count: geometry.rank) : $0
            }
            return try builder.channelsLast(x, geometry.format) { x in
                let plan = try TransposedConvolutionPlan(
                    sizes: Array(builder.shape(of: x).dims.dropFirst().dropLast()), geometry,
                    outputPadding: padding)
                return try builder.transposedConvolution(
                    x, kernel: kernel.dilated(geometry.dilations), bias: nil, plan)
            }
        },
        "MaxPool": { try $1.pooled(.max, $0) },
        "AveragePool": { try $1.pooled(.average, $0) },
        "Pool": { arguments, builder in
            let kind = arguments.text("pooling_type") ?? ""
            return try builder.pooled(kind == "MAX" ? .max : .average, arguments, strides: 1)
        },
        "AdaptiveMaxPool": { try $1.adaptivelyPooled(.max, $0) },
        "AdaptiveAveragePool": { try $1.adaptivelyPooled(.mean, $0) },
    ]
}

extension OperationArguments {
    /// The kernel, whose elements have to be known.
    fileprivate func kernel(
        of rank: Int, _ position: Int = 1, _ names: String...
    ) throws -> Constant {
        let found =
            names.isEmpty
            ? argument(position, "kernel", "filter", "filters")
            : argument(position, names[0]) ?? argument(position, names[names.count - 1])
        let tensor = try found.map { try value($0) }
        guard let kernel = tensor.flatMap({ builder.graph[$0].constant }),
            kernel.shape.rank == rank
        else {
            throw Problem(
                .unsupported(
                    what: "a convolution with a computed kernel is not supported",
                    remedy: "Use a convolution layer."))
        }
        return kernel
    }

    /// The kernel if its elements are computed; nil if they are known.
    fileprivate func computedKernel() throws -> ValueID? {
        let kernel = try argument(1, "kernel", "filter", "filters").map { try value($0) }
        return kernel.flatMap { builder.graph[$0].constant == nil ? $0 : nil }
    }

    fileprivate func geometry(_ kernel: Shape) throws -> ConvolutionGeometry {
        let rank = kernel.rank - 2
        guard (1...3).contains(rank) else {
            throw Problem(.invalidShape("the kernel has shape \(kernel)"))
        }
        var geometry = ConvolutionGeometry(pointwiseRank: rank)
        geometry.kernel = Array(kernel.dims.prefix(rank))
        geometry.strides =
            try spatial("strides", rank: rank) ?? spatial("stride", rank: rank)
            ?? geometry.strides
        geometry.dilations =
            try spatial("dilation_rate", rank: rank) ?? spatial("dilations", rank: rank)
            ?? geometry.dilations
        geometry.format = format()
        geometry.border = try padding() == .same ? .same : .valid
        return geometry
    }

    /// One number for each spatial axis; TensorFlow may write the batch and channel axes too.
    fileprivate func spatial(_ name: String, rank: Int) throws -> [Int]? {
        guard let list = try integers(nil, name) else { return nil }
        guard list.allSatisfy({ $0 >= 1 }) else {
            throw Problem(.invalidField(name, value: "\(list)", expected: "positive numbers"))
        }
        switch list.count {
        case 1: return [Int](repeating: list[0], count: rank)
        case rank: return list
        case rank + 2:
            return Array(format() == .channelsFirst ? list.suffix(rank) : list[1...rank])
        default:
            throw Problem(.invalidField(name, value: "\(list)", expected: "\(rank) numbers"))
        }
    }

    fileprivate func padding() throws -> Padding {
        guard argument(nil, "padding")?.elements == nil else {
            throw Problem(
                .unsupported(
                    what: "padding given in numbers is not supported",
                    remedy: "Pad the input before, with tf.pad."))
        }
        let name = text("padding") ?? "valid"
        guard let padding = Padding(rawValue: name.lowercased()) else {
            throw Problem(.invalidField("padding", value: name, expected: "valid or same"))
        }
        return padding
    }
}

extension GraphBuilder {
    /// - Parameter strides: those of a call that gives none; nil for the window's sizes.
    fileprivate func pooled(
        _ kind: Pool2D.Kind, _ arguments: OperationArguments, strides: Int? = nil
    ) throws -> ValueID {
        let x = try arguments.floatInput()
        let rank = shape(of: x).rank - 2
        guard
            let window = try arguments.spatial("pool_size", rank: rank)
                ?? arguments.spatial("ksize", rank: rank)
                ?? arguments.spatial("window_shape", rank: rank)
        else { throw Problem(.missingField("pool_size")) }
        let pooling = WindowPooling(
            kind: kind, window: window,
            strides: try arguments.spatial("strides", rank: rank)
                ?? strides.map { [Int](repeating: $0, count: rank) } ?? window,
            padding: try arguments.padding(), format: arguments.format())
        return try pooling.apply(to: x, in: self)
    }

    fileprivate func adaptivelyPooled(
        _ kind: Reduce.Kind, _ arguments: OperationArguments
    ) throws -> ValueID {
        let x = try arguments.floatInput()
        guard let size = try arguments.spatial("output_size", rank: shape(of: x).rank - 2) else {
            throw Problem(.missingField("output_size"))
        }
        return try AdaptivePooling(kind: kind, size: size, format: arguments.format())
            .apply(to: x, in: self)
    }
}
