import KerasFormat
import TensorFlowFiles

/// Reading of checkpoints that know variables by name only, as `tf.train.Saver` of TensorFlow 1 writes them.
///
///     conv1/kernel, conv1/bias, bn1/gamma, …     and variables of optimizers, which no layer is called like
enum NamedCheckpoint {
    /// The order in which Keras lists the variables of a layer; others follow by name.
    private static let roles = [
        "embeddings", "depthwise_kernel", "pointwise_kernel", "kernel", "recurrent_kernel", "bias",
        "gamma", "beta", "moving_mean", "moving_variance", "alpha", "scale", "mean", "variance",
        "count",
    ]

    /// The weights of the layers of `model` and of all models in it.
    static func read(
        _ bundle: TensorBundle, for model: ModelDescription, path: String
    ) -> StoredWeights {
        let keys = bundle.keys
        let layers = model.layers.map { layer in
            let inner = (layer.model ?? layer.distributedModel).map { leaves(of: $0) } ?? []
            let weights = ([layer.name] + inner).flatMap {
                Self.weights(of: $0, keys, in: bundle)
            }
            return StoredLayer(name: layer.name, weights: weights)
        }
        return StoredWeights(file: path, kerasVersion: "2", backend: nil, layers: layers)
    }

    private static func leaves(of model: ModelDescription) -> [String] {
        model.layers.flatMap { layer in
            (layer.model ?? layer.distributedModel).map { leaves(of: $0) } ?? [layer.name]
        }
    }

    private static func weights(
        of layer: String, _ keys: [String], in bundle: TensorBundle
    ) -> [StoredWeight] {
        let own = keys.filter { $0.hasPrefix(layer + "/") || $0.contains("/\(layer)/") }
        let weights = own.compactMap { key in
            bundle.type(of: key).map { type in
                StoredWeight(name: key, shape: type.shape, elementType: type.elementType) {
                    try bundle.constant(key)
                }
            }
        }
        return weights.filter { roles.contains(String($0.role)) }.sorted {
            ($0.scope, rank($0)) < ($1.scope, rank($1))
        }
    }

    private static func rank(_ weight: StoredWeight) -> Int {
        roles.firstIndex(of: String(weight.role)) ?? roles.count
    }
}
