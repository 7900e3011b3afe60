import KerasFormat

/// `AdaptiveAveragePooling1D` … `AdaptiveMaxPooling3D`, whose windows are all of one size.
struct AddonsAdaptivePoolingLayer: ForwardingLayer {
    static let classNames = AdaptivePoolingLayer.classNames.map { "Addons>\($0)" }

    static let support = LayerSupport(
        package: "tensorflow-addons", .keras2 ... .keras2, "the spatial sizes have to be known")

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try AdaptivePoolingLayer(config: config, context: context)
    }
}
