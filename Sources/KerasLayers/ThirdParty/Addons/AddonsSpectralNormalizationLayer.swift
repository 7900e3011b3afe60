import KerasFormat

/// `SpectralNormalization`: the wrapped layer; its stored kernel is the one that inference uses.
struct AddonsSpectralNormalizationLayer: ForwardingLayer {
    static let classNames = ["Addons>SpectralNormalization"]

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2, "with the stored kernel")

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try SpectralNormalizationLayer(config: config, context: context)
    }
}
