import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

/// `Resizing` of keras-cv: with `pad_to_aspect_ratio`, zeros below or beside the image; otherwise as Keras' own layer.
struct CVResizingLayer: KerasLayer {
    static let classNames = ["keras_cv>Resizing"]

    static let support = LayerSupport(
        package: "keras-cv", .keras2 ... .keras3, "to an aspect ratio of images of known size")

    private let context: LayerContext
    private let height: Int
    private let width: Int
    private let pads: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        self.context = context
        height = try config.size("height")
        width = try config.size("width")
        pads = try config.bool("pad_to_aspect_ratio", default: false)
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard pads else { return try layer(height, width).build(call, in: builder) }
        let x = try call.onlyInput()
        try builder.requireRank(x, 4)
        let shape = builder.shape(of: x)
        // The sizes are 32-bit floats in keras-cv, whose fractions TensorFlow cuts off.
        let (rows, columns) = (Float(try shape.knownExtent(1)), Float(try shape.knownExtent(2)))
        guard rows > 0, columns > 0 else {
            throw Problem(.invalidShape("an image of shape \(shape)"))
        }
        let scale = min(Float(height) / rows, Float(width) / columns)
        let inner = (min(Int(rows * scale), height), min(Int(columns * scale), width))
        guard inner.0 > 0, inner.1 > 0 else {
            throw Problem(.invalidShape("an image of \(shape) has no pixels of its own left"))
        }
        let y = try layer(inner.0, inner.1).build(call, in: builder).only()
        return [
            try builder.pad(
                y,
                [.none, PadAmount(0, height - inner.0), PadAmount(0, width - inner.1), .none])
        ]
    }

    private func layer(_ height: Int, _ width: Int) throws -> any KerasLayer {
        try context.layer(
            ofClass: "Resizing",
            replacing: [
                "height": .int(Int64(height)), "width": .int(Int64(width)),
                "pad_to_aspect_ratio": .bool(false),
            ])
    }
}
