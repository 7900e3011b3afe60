import GraphIR
import KerasFormat

/// Layers that return their input when a model is not being trained.
struct IdentityLayer: KerasLayer {
    static let classNames = [
        "Identity", "Layer", "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
        "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "AddLoss",
        "AddMetric", "StochasticDepth",
        "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomContrast",
        "RandomBrightness", "RandomHeight", "RandomWidth", "RandomColorDegeneration",
        "RandomColorJitter", "RandomElasticTransform", "RandomErasing", "RandomGaussianBlur",
        "RandomGrayscale", "RandomHue", "RandomInvert", "RandomPerspective",
        "RandomPosterization", "RandomSaturation", "RandomSharpness", "RandomShear", "AugMix",
        "RandAugment", "CutMix", "MixUp", "Solarization", "Equalization",
    ]

    static let support = LayerSupport(
        .keras2 ... .keras3, "an identity at inference",
        exceptions: [
            "Dropout": .keras1 ... .keras3, "SpatialDropout1D": .keras1 ... .keras3,
            "SpatialDropout2D": .keras1 ... .keras3, "SpatialDropout3D": .keras1 ... .keras3,
            "GaussianNoise": .keras1 ... .keras3, "GaussianDropout": .keras1 ... .keras3,
            "ActivityRegularization": .keras1 ... .keras3, "RandomHeight": .keras2 ... .keras2,
            "RandomWidth": .keras2 ... .keras2, "AddLoss": .keras2 ... .keras2,
            "AddMetric": .keras2 ... .keras2, "RandomColorDegeneration": .keras3 ... .keras3,
            "RandomColorJitter": .keras3 ... .keras3, "RandomElasticTransform": .keras3 ... .keras3,
            "RandomErasing": .keras3 ... .keras3, "RandomGaussianBlur": .keras3 ... .keras3,
            "RandomGrayscale": .keras3 ... .keras3, "RandomHue": .keras3 ... .keras3,
            "RandomInvert": .keras3 ... .keras3, "RandomPerspective": .keras3 ... .keras3,
            "RandomPosterization": .keras3 ... .keras3, "RandomSaturation": .keras3 ... .keras3,
            "RandomSharpness": .keras3 ... .keras3, "RandomShear": .keras3 ... .keras3,
            "AugMix": .keras3 ... .keras3, "RandAugment": .keras3 ... .keras3,
            "CutMix": .keras3 ... .keras3, "MixUp": .keras3 ... .keras3,
            "Solarization": .keras3 ... .keras3, "Equalization": .keras3 ... .keras3,
        ])

    /// The classes that pass their mask on in every version.
    private static let maskPassing: Set<String> = [
        "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout",
        "AlphaDropout", "GaussianNoise", "ActivityRegularization",
    ]

    let passesMask: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        passesMask =
            Self.maskPassing.contains(context.className)
            || context.className == "Identity" && context.version.identityPassesMask
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        call.inputs
    }
}
