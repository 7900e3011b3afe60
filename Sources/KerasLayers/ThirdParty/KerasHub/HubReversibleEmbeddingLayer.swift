import KerasFormat

/// `ReversibleEmbedding`, which Keras itself took over.
struct HubReversibleEmbeddingLayer: ForwardingLayer {
    static let classNames = KerasHubNames.names(of: "ReversibleEmbedding")

    static let support = LayerSupport(package: "keras-hub", .keras2 ... .keras3)

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try ReversibleEmbeddingLayer(config: config, context: context)
    }
}
