import KerasFormat

/// `PatchConv2DWithResampleWeights`: a convolution, whose weights the package can resample when it loads them.
struct PatchConvolutionLayer: ForwardingLayer {
    static let classNames = ["beit>PatchConv2DWithResampleWeights"]

    static let support = LayerSupport(package: "keras-cv-attention-models", .keras2 ... .keras3)

    let layer: any KerasLayer

    init(config: LayerConfig, context: LayerContext) throws {
        layer = try ConvolutionLayer(config: config, context: context)
    }
}
