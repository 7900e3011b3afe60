/// The files of a Keras model.
public struct ModelSource: Sendable {
    /// A whole-model file, or the architecture as JSON.
    public var model: String
    /// The weights, where `model` is an architecture.
    public var weights: String?

    /// A whole model in one file, such as `model.h5`.
    public init(model: String) {
        self.model = model
    }

    /// An architecture (`model.to_json()`) and its weights (`model.save_weights()`).
    public init(architecture: String, weights: String) {
        model = architecture
        self.weights = weights
    }
}
