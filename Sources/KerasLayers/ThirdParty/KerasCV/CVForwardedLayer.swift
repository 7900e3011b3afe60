import KerasFormat

/// Layers of keras-cv that compute what Keras' own layers of their names compute.
struct CVForwardedLayer: ForwardingLayer {
    static let classNames = ["keras_cv>AutoContrast", "keras_cv>Rescaling"]

    static let support = LayerSupport(package: "keras-cv", .keras2 ... .keras3)

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try context.layer(ofClass: context.className, replacing: [:])
    }
}
