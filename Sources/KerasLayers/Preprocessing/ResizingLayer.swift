import GraphIR
import KerasFormat
import KerasFunctions
import Problems
import Tensors

/// `Resizing`: images of a given size, stretched, or cropped or padded to the aspect ratio first.
struct ResizingLayer: KerasLayer {
    static let classNames = ["Resizing"]

    static let support = LayerSupport(
        .keras2 ... .keras3, "all interpolations, with or without the aspect ratio")

    let resizing: ImageResizing
    /// Whether integer images give integer images again, as in Keras 3.
    let keepsIntegers: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        resizing = ImageResizing(
            size: Size2D(try config.size("height"), try config.size("width")),
            interpolation: try ImageInterpolation(
                named: config.string("interpolation", default: "bilinear"),
                antialias: config.bool("antialias", default: false), version: context.version),
            format: try config.dataFormat(),
            cropsToAspectRatio: try config.bool("crop_to_aspect_ratio", default: false),
            padsToAspectRatio: try config.bool("pad_to_aspect_ratio", default: false),
            fillValue: try config.double("fill_value", default: 0))
        keepsIntegers = context.version.keepsIntegers
        let fillMode = try config.string("fill_mode", default: "constant")
        guard !resizing.padsToAspectRatio || fillMode == "constant" else {
            throw Problem(
                .unsupported(
                    what: "padding with fill_mode '\(fillMode)' is not supported",
                    remedy: "Use 'constant'."))
        }
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        let x = try call.onlyInput()
        let y = try resizing.apply(to: builder.floating(x), in: builder)
        guard keepsIntegers, builder.dtype(of: x).isInteger else { return [y] }
        return [try builder.cast(builder.unary(.round, y), to: builder.dtype(of: x))]
    }
}
