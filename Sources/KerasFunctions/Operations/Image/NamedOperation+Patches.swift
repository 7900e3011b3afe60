import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Windows of images laid side by side, and put back.
    static let patches: [String: Single] = [
        "Unfold": { arguments, builder in
            let windows = try PatchWindows(arguments)
            let x = try builder.floating(arguments.input())
            try builder.requireRank(x, 4)
            let shape = builder.shape(of: x)
            let channels = try shape.knownExtent(1)
            let image = try builder.pad(
                builder.channelsLast(from: x),
                [.none, windows.border(0), windows.border(1), .none])
            let y = try builder.convolution(
                image, kernel: windows.selector(channels: channels),
                bias: nil, windows.geometry)
            let found = builder.shape(of: y)
            let count = try checkedProduct(found[1], found[2], "the windows")
            let rows = try builder.reshape(y, [shape[0], count, found[3]])
            return try builder.transpose(rows, [0, 2, 1])
        },
        "Fold": { arguments, builder in
            let windows = try PatchWindows(arguments)
            let x = try builder.floating(arguments.input())
            try builder.requireRank(x, 3)
            let sizes = try arguments.pair("output_size", default: nil)
            let shape = builder.shape(of: x)
            let elements = try shape.knownExtent(1)
            let window = windows.geometry.kernel
            let channels = elements / (window[0] * window[1])
            let extents = (0..<2).map { sizes[$0] + 2 * windows.margins[$0] }
            let counts = (0..<2).map {
                Padding.valid.outputSize(
                    extents[$0], window: window[$0], stride: windows.geometry.strides[$0],
                    dilation: windows.geometry.dilations[$0])
            }
            guard channels > 0, channels * window[0] * window[1] == elements else {
                throw Problem(.invalidShape("windows of \(window) do not fit \(shape)"))
            }
            let image = try builder.reshape(
                builder.transpose(x, [0, 2, 1]), [shape[0], counts[0], counts[1], elements])
            let kernel = try windows.selector(channels: channels)
                .dilated(windows.geometry.dilations).permuted([2, 0, 1, 3])
            let op = TransposeConv2D(
                strides: windows.geometry.strides2D, padding: .valid,
                size: Size2D(extents[0], extents[1]))
            var y = try builder.add(
                .transposeConv2D(op), [image, builder.constant(kernel, role: "windows")])
            for axis in 0..<2 where windows.margins[axis] > 0 {
                y = try builder.slice(
                    y, axis: axis + 1, from: windows.margins[axis], count: sizes[axis])
            }
            return try builder.channelsFirst(from: y)
        },
        "SobelEdges": { arguments, builder in
            let isFirst = arguments.format() == .channelsFirst
            var x = try builder.floating(arguments.input())
            try builder.requireRank(x, 4)
            if isFirst { x = try builder.channelsLast(from: x) }
            let channels = try builder.shape(of: x).knownExtent(3)
            try checkList(checkedProduct(9, channels, "the edges"), "the edges")
            let rows: [Double] = [-1, -2, -1, 0, 0, 0, 1, 2, 1]
            let columns: [Double] = [-1, 0, 1, -2, 0, 2, -1, 0, 1]
            let border = MirrorPad(
                [.none, PadAmount(1, 1), PadAmount(1, 1), .none], mode: .reflect)
            let framed = try builder.add(.mirrorPad(border), [x])
            let weights = zip(rows, columns).flatMap { row, column in
                (0..<2 * channels).map { $0 % 2 == 0 ? row : column }
            }
            let op = DepthwiseConv2D(strides: .one, dilations: .one, padding: .valid)
            let filter = builder.constant(
                Constant(weights, [1, 3, 3, 2 * channels]), role: "edges")
            let edges = try builder.add(.depthwiseConv2D(op), [framed, filter])
            let dims = builder.shape(of: edges).dims
            let y = try builder.reshape(edges, Array(dims.dropLast()) + [channels, 2])
            return isFirst ? try builder.transpose(y, [0, 3, 1, 2, 4]) : y
        },
    ]
}

/// The windows of `Unfold` and `Fold`.
private struct PatchWindows {
    var geometry = ConvolutionGeometry(pointwiseRank: 2)
    /// The zeros around height and width.
    let margins: [Int]

    init(_ arguments: OperationArguments) throws {
        geometry.kernel = try arguments.pair("kernel_size", default: nil)
        geometry.strides = try arguments.pair("stride", default: 1)
        geometry.dilations = try arguments.pair("dilation", default: 1)
        margins = try arguments.pair("padding", default: 0)
        guard (geometry.kernel + geometry.strides + geometry.dilations).allSatisfy({ $0 > 0 }),
            margins.allSatisfy({ $0 >= 0 })
        else {
            throw Problem(
                .invalidField("kernel_size", value: "\(geometry.kernel)", expected: "sizes"))
        }
    }

    func border(_ axis: Int) -> PadAmount { PadAmount(margins[axis], margins[axis]) }

    /// A kernel `(kh, kw, C, C·kh·kw)` whose filters pick one element each, in the order of channels and then places.
    func selector(channels: Int) throws -> Constant {
        let (height, width) = (geometry.kernel[0], geometry.kernel[1])
        let count = try checkedProduct(
            checkedProduct(height, width, "a window"), channels, "a window")
        guard count <= 4096 else { throw Problem(.tooLarge(what: "a window", value: "\(count)")) }
        let elements = (0..<count * count).map { position -> Double in
            let (place, filter) = (position / count, position % count)
            let (offset, channel) = (place / channels, place % channels)
            return filter == channel * height * width + offset ? 1 : 0
        }
        return Constant(elements, [height, width, channels, count])
    }
}

extension OperationArguments {
    /// A number for height and one for width.
    fileprivate func pair(_ name: String, default standard: Int?) throws -> [Int] {
        guard let list = try integers(nil, name) ?? standard.map({ [$0] }) else {
            throw Problem(.missingField(name))
        }
        guard list.count == 1 || list.count == 2 else {
            throw Problem(.invalidField(name, value: "\(list)", expected: "one or two numbers"))
        }
        return list.count == 1 ? list + list : list
    }
}
