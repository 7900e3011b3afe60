import KerasFormat
import Problems

/// Layers of keras-cv that compute what Keras' own layers of their names compute.
struct CVForwardedLayer: ForwardingLayer {
    static let classNames = ["keras_cv>AutoContrast", "keras_cv>Rescaling", "keras_cv>Resizing"]

    static let support = LayerSupport(
        package: "keras-cv", .keras2 ... .keras3, "resizing without pad_to_aspect_ratio")

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        guard try !config.bool("pad_to_aspect_ratio", default: false) else {
            throw Problem(
                .unsupported(
                    what: "images are padded at other borders than Keras' own layer pads them at",
                    remedy: "Resize without pad_to_aspect_ratio."))
        }
        layer = try context.layer(ofClass: context.className, replacing: [:])
    }
}
