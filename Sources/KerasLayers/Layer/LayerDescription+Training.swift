import KerasFormat

extension LayerDescription {
    /// The fields that say how much a layer draws at random in training.
    private static let rates = ["rate", "dropout", "recurrent_dropout", "stddev", "sigma", "p"]

    /// Whether the layer, or a layer that it wraps, draws random numbers in training, as classes and rates tell.
    package var drawsInTraining: Bool {
        className.hasPrefix("Random")
            || Self.rates.contains { (config[$0]?.number ?? 0) > 0 }
            || wrapped.contains { $0.layer.drawsInTraining }
    }
}
