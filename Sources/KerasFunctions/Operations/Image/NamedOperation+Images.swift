import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Functions of images.
    static let images: [String: Single] = [
        "Resize": { arguments, builder in
            let resizing = try ImageResizing(
                size: arguments.imageSize(),
                interpolation: ImageInterpolation(
                    named: arguments.text("interpolation") ?? arguments.text("method")
                        ?? "bilinear", antialias: arguments.flag("antialias")),
                format: arguments.format(),
                cropsToAspectRatio: arguments.flag("crop_to_aspect_ratio"),
                padsToAspectRatio: arguments.flag("pad_to_aspect_ratio"),
                fillValue: arguments.number(nil, "fill_value", default: 0))
            return try resizing.apply(to: arguments.floatInput(), in: builder)
        },
        "ResizeBilinear": { arguments, builder in
            try builder.resizedByTensorFlow(.bilinear, arguments)
        },
        "ResizeNearestNeighbor": { arguments, builder in
            try builder.resizedByTensorFlow(.nearest, arguments)
        },
        "ResizeByTensorFlow1": { arguments, builder in
            // Methods are numbers: 0 is bilinear, 1 nearest, 2 bicubic, 3 the mean of areas.
            switch arguments.argument(nil, "method")?.json ?? .int(0) {
            case .int(0), .string("bilinear"):
                return try builder.resizedByTensorFlow(.bilinear, arguments)
            case .int(1), .string("nearest"):
                return try builder.resizedByTensorFlow(.nearest, arguments)
            default:
                throw Problem(
                    .unsupported(
                        what: "this method of TensorFlow 1's resize_images cannot be converted",
                        remedy: "Use tf.image.resize of TensorFlow 2."))
            }
        },
        "RGBToGrayscale": { arguments, builder in
            let weights = builder.constant(
                Constant([0.2989, 0.587, 0.114], [1, 3]), role: "luminance")
            return try builder.channelsLast(arguments.floatInput(), arguments.format()) {
                try builder.add(.fullyConnected(FullyConnected()), [$0, weights])
            }
        },
        "FlipLeftRight": { arguments, builder in
            let x = try arguments.operand("image")
            return try builder.reversed(x, axes: [builder.shape(of: x).checkedAxis(-2)])
        },
        "FlipUpDown": { arguments, builder in
            let x = try arguments.operand("image")
            return try builder.reversed(x, axes: [builder.shape(of: x).checkedAxis(-3)])
        },
        "PerImageStandardization": { arguments, builder in
            let x = try builder.floating(arguments.operand("image"))
            let shape = builder.shape(of: x)
            let axes = try shape.checkedAxes([-3, -2, -1])
            let count = try axes.reduce(1) {
                try checkedProduct($0, shape.knownExtent($1), "the image")
            }
            let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
            let variance = try builder.variance(ReductionAxes(x: x, axes: axes, keeps: true))
            let deviation = try builder.binary(
                .maximum, builder.unary(.sqrt, variance), 1 / Double(max(count, 1)).squareRoot())
            return try builder.divide(builder.subtract(x, mean), deviation)
        },
        "ConvertImageDtype": { arguments, builder in
            let x = try arguments.operand("image")
            guard builder.dtype(of: x).isFloat, arguments.text("dtype") ?? "float32" == "float32"
            else {
                throw Problem(
                    .unsupported(
                        what: "integer images are not supported",
                        remedy: "Give the model float images."))
            }
            return x
        },
        "PadImages": { arguments, builder in
            let (rows, columns) = try arguments.margins(
                ["top_padding", "offset_height"], ["left_padding", "offset_width"],
                "bottom_padding", "right_padding", isCrop: false)
            return try builder.channelsLast(arguments.image(), arguments.format()) { x in
                let outer = [PadAmount].none(rank: builder.shape(of: x).rank - 3)
                return try builder.pad(x, outer + [rows, columns, .none])
            }
        },
        "CropImages": { arguments, builder in
            let (rows, columns) = try arguments.margins(
                ["top_cropping", "offset_height"], ["left_cropping", "offset_width"],
                "bottom_cropping", "right_cropping", isCrop: true)
            return try builder.channelsLast(arguments.image(), arguments.format()) { x in
                let rank = builder.shape(of: x).rank
                return try zip([rank - 3, rank - 2], [rows, columns]).reduce(x) { y, cut in
                    let extent = try builder.shape(of: y).knownExtent(cut.0)
                    return try builder.slice(
                        y, axis: cut.0, from: cut.1.before, count: extent - cut.1.total)
                }
            }
        },
        "ExtractPatches": { try $1.patches($0) },
    ]
}

extension OperationArguments {
    func image() throws -> ValueID {
        let x = try argument(0, "image", "images").map { try value($0) } ?? input()
        guard builder.shape(of: x).rank >= 3 else {
            throw Problem(.invalidShape("\(builder.shape(of: x)) is not the shape of an image"))
        }
        return x
    }

    fileprivate func imageSize() throws -> Size2D {
        let size = try integers(nil, "size") ?? []
        guard size.count == 2 else {
            throw Problem(.invalidField("size", value: "\(size)", expected: "height and width"))
        }
        return Size2D(size[0], size[1])
    }

    /// What is added or cut before and after height and width, of which one follows from the target size.
    fileprivate func margins(
        _ top: [String], _ left: [String], _ bottom: String, _ right: String, isCrop: Bool
    ) throws -> (PadAmount, PadAmount) {
        let shape = builder.shape(of: try image())
        let isFirst = format() == .channelsFirst
        func pair(_ before: [String], _ after: String, _ target: String, _ axis: Int) throws
            -> PadAmount
        {
            let first = try before.lazy.compactMap { try integers(nil, $0)?.first }.first
            let last = try integers(nil, after)?.first
            if let first, let last { return PadAmount(first, last) }
            let extent = try shape.knownExtent(axis)
            let goal = try integer(target, default: extent)
            let total = isCrop ? extent - goal : goal - extent
            if let first { return PadAmount(first, total - first) }
            if let last { return PadAmount(total - last, last) }
            return PadAmount(total / 2, total - total / 2)
        }
        let rows = try pair(top, bottom, "target_height", isFirst ? -2 : -3)
        let columns = try pair(left, right, "target_width", isFirst ? -1 : -2)
        guard [rows, columns].allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
            throw Problem(
                .invalidShape("margins \(rows.text) and \(columns.text) do not fit \(shape)"))
        }
        return (rows, columns)
    }
}

extension GraphBuilder {
    fileprivate func resizedByTensorFlow(
        _ kind: Resize.Kind, _ arguments: OperationArguments
    ) throws -> ValueID {
        let coordinates: Resize.Coordinates =
            arguments.flag("align_corners")
            ? .alignCorners : arguments.flag("half_pixel_centers") ? .halfPixel : .asymmetric
        let op = Resize(kind, to: .size(try arguments.imageSize()), coordinates: coordinates)
        return try asImageBatch(arguments.floatInput()) { try add(.resize(op), [$0]) }
    }

    /// The elements of each window one after the other: a convolution whose filters pick one element each.
    fileprivate func patches(_ arguments: OperationArguments) throws -> ValueID {
        func pair(_ name: String) throws -> [Int]? {
            guard let list = try arguments.integers(nil, name) else { return nil }
            return list.count == 1 ? list + list : list
        }
        guard let size = try pair("size"), size.count == 2, size.allSatisfy({ $0 > 0 }) else {
            throw Problem(.missingField("size"))
        }
        let strides = try pair("strides") ?? size
        let dilations = try pair("dilation_rate") ?? [1, 1]
        let padding = Padding(rawValue: (arguments.text("padding") ?? "valid").lowercased())
        return try channelsLast(arguments.floatInput(), arguments.format()) { x in
            try asImageBatch(x) { x in
                let channels = try shape(of: x).knownExtent(3)
                let count = try checkedProduct(
                    checkedProduct(size[0], size[1], "a patch"), channels, "a patch")
                guard count <= 4096, strides.count == 2, dilations.count == 2 else {
                    throw Problem(.tooLarge(what: "a patch", value: "\(count)"))
                }
                let elements = (0..<count * count).map { $0 % (count + 1) == 0 ? 1.0 : 0.0 }
                let filter = Constant(elements, [count, size[0], size[1], channels])
                let op = Conv2D(
                    strides: Size2D(strides[0], strides[1]),
                    dilations: Size2D(dilations[0], dilations[1]), padding: padding ?? .valid)
                return try add(.conv2D(op), [x, constant(filter, role: "patches")])
            }
        }
    }
}
