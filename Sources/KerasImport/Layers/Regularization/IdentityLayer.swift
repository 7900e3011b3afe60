import GraphIR

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

    let passesMask: Bool

    init(config: LayerConfig, context: LayerContext) throws {
        let name = context.className
        passesMask =
            name.contains("Dropout") || name == "GaussianNoise" || name == "ActivityRegularization"
            || (name == "Identity" && context.generation == .keras3)
    }

    var acceptsIntegers: Bool { true }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        [try call.onlyInput()]
    }
}
