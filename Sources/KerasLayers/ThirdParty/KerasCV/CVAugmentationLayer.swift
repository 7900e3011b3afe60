import GraphIR
import KerasFormat

/// Layers of keras-cv that change images at random, or drop parts of them, in training.
///
/// From version 0.5 on they do it whenever they are called, which no user of a finished model wants.
struct CVAugmentationLayer: KerasLayer {
    private static let names = [
        "AugMix", "ChannelShuffle", "CutMix", "DropBlock2D", "DropPath", "FourierMix", "GridMask",
        "MixUp", "RandAugment", "RandomAugmentationPipeline", "RandomBrightness",
        "RandomChannelShift", "RandomColorDegeneration", "RandomColorJitter", "RandomContrast",
        "RandomCutout", "RandomFlip", "RandomGaussianBlur", "RandomHue", "RandomJpegQuality",
        "RandomRotation", "RandomSaturation", "RandomSharpness", "RandomShear",
        "RandomTranslation", "RandomZoom",
    ]

    static let classNames = names.map { "keras_cv>\($0)" }

    static let support = LayerSupport(
        package: "keras-cv", .keras2 ... .keras3, "left out, as in training only")

    init(config: LayerConfig, context: LayerContext) throws {}

    var passesMask: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        builder.remark("changes images at random in training; left out", on: call.inputs)
        return call.inputs
    }
}
