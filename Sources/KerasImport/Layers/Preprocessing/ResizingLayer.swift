import GraphIR
import Problems
import Tensors

/// `Resizing`: images of a given size, stretched, or cropped or padded to the aspect ratio first.
struct ResizingLayer: KerasLayer {
    static let classNames = ["Resizing"]

    static let support = LayerSupport(
        .keras2 ... .keras3, "all interpolations, with or without the aspect ratio")

    let size: Size2D
    let interpolation: ImageInterpolation
    let format: DataFormat
    let cropsToAspectRatio: Bool
    let padsToAspectRatio: Bool
    let fillValue: Double
    /// Whether integer images give integer images again, as in Keras 3.
    let keepsIntegers: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        size = Size2D(try config.size("height"), try config.size("width"))
        interpolation = try ImageInterpolation(
            named: config.string("interpolation", default: "bilinear"),
            antialias: config.bool("antialias", default: false), context: context)
        format = try config.dataFormat()
        cropsToAspectRatio = try config.bool("crop_to_aspect_ratio", default: false)
        padsToAspectRatio = try config.bool("pad_to_aspect_ratio", default: false)
        fillValue = try config.double("fill_value", default: 0)
        keepsIntegers = context.generation == .keras3
        let fillMode = try config.string("fill_mode", default: "constant")
        guard !padsToAspectRatio || fillMode == "constant" else {
            throw Problem(
                .unsupported(
                    what: "padding with fill_mode '\(fillMode)'", remedy: "Use 'constant'."))
        }
    }

    init(
        size: Size2D, interpolation: ImageInterpolation, format: DataFormat,
        cropsToAspectRatio: Bool, padsToAspectRatio: Bool, fillValue: Double
    ) {
        self.size = size
        self.interpolation = interpolation
        self.format = format
        self.cropsToAspectRatio = cropsToAspectRatio
        self.padsToAspectRatio = padsToAspectRatio
        self.fillValue = fillValue
        keepsIntegers = false
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        guard keepsIntegers, builder.dtype(of: x).isInteger else {
            return [try resized(builder.floating(x), in: builder)]
        }
        let y = try builder.unary(.round, resized(builder.floating(x), in: builder))
        return [try builder.cast(y, to: builder.dtype(of: x))]
    }

    /// Images, or one, of the layer's size.
    func resized(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.asImageBatch(x) { image in
            try builder.channelsLast(image, format) { image in
                var image = image
                if cropsToAspectRatio {
                    image = try builder.croppedToAspectRatio(image, of: size)
                } else if padsToAspectRatio {
                    image = try builder.paddedToAspectRatio(image, of: size, value: fillValue)
                }
                return try builder.resize(image, to: size, interpolation)
            }
        }
    }
}
