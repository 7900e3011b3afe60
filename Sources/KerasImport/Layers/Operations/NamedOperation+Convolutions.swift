import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Windows that slide over images.
    static let convolutions: [String: Single] = [
        "Conv": { arguments, builder in
            let x = try arguments.floatInput()
            let kernel = try arguments.kernel(of: builder.shape(of: x).rank)
            let geometry = try arguments.geometry(kernel)
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
            let geometry = try arguments.geometry(kernel)
            return try builder.channelsLast(x, geometry.format) { x in
                try builder.depthwiseConvolution(x, kernel: kernel, bias: nil, geometry)
            }
        },
        "MaxPool": { try $1.pooled(.max, $0) },
        "AveragePool": { try $1.pooled(.average, $0) },
    ]
}

extension OperationArguments {
    /// The kernel, whose elements have to be known.
    fileprivate func kernel(of rank: Int) throws -> Constant {
        let found = argument(1, "kernel", "filter", "filters")
        let tensor = try found.map { try value($0) }
        guard let kernel = tensor.flatMap({ builder.graph[$0].constant }),
            kernel.shape.rank == rank
        else {
            throw Problem(
                .unsupported(
                    what: "a convolution whose kernel is computed",
                    remedy: "Use a convolution layer."))
        }
        return kernel
    }

    fileprivate func geometry(_ kernel: Constant) throws -> ConvolutionGeometry {
        let rank = kernel.shape.rank - 2
        guard (1...3).contains(rank) else {
            throw Problem(.invalidShape("a kernel of shape \(kernel.shape)"))
        }
        var geometry = ConvolutionGeometry(pointwiseRank: rank)
        geometry.kernel = Array(kernel.shape.dims.prefix(rank))
        geometry.strides = try spatial("strides", rank: rank) ?? geometry.strides
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
        let name = text("padding") ?? "valid"
        guard let padding = Padding(rawValue: name.lowercased()) else {
            throw Problem(.invalidField("padding", value: name, expected: "valid or same"))
        }
        return padding
    }
}

extension GraphBuilder {
    fileprivate func pooled(
        _ kind: Pool2D.Kind, _ arguments: OperationArguments
    ) throws -> ValueID {
        let x = try arguments.floatInput()
        let rank = shape(of: x).rank - 2
        guard rank == 1 || rank == 2 else {
            throw Problem(
                .unsupported(what: "pooling of volumes", remedy: "Use a pooling layer."))
        }
        guard
            let window = try arguments.spatial("pool_size", rank: rank)
                ?? arguments.spatial("ksize", rank: rank)
        else { throw Problem(.missingField("pool_size")) }
        let strides = try arguments.spatial("strides", rank: rank) ?? window
        let ones = [Int](repeating: 1, count: 2 - rank)
        let (sizes, steps) = (ones + window, ones + strides)
        let op = Pool2D(
            kind: kind, window: Size2D(sizes[0], sizes[1]), strides: Size2D(steps[0], steps[1]),
            padding: try arguments.padding())
        return try channelsLast(x, arguments.format()) { x in
            rank == 1
                ? try asImageRow(x) { try add(.pool2D(op), [$0]) } : try add(.pool2D(op), [x])
        }
    }
}
