import Foundations

/// Tells the generation of an architecture that states no version.
enum GenerationSigns {
    /// The generation by the first sign found: Keras 3 writes calls as objects with `args`, dtype policies and
    /// `batch_shape`; Keras 1 has its own words for sizes.
    ///
    /// Of sequential models, only those of Keras 3 state a `dtype`.
    static func generation(of json: JSONValue) -> KerasVersion.Generation {
        if let config = json["config"], config["layers"] != nil, config["output_layers"] == nil,
            config["dtype"] != nil
        {
            return .keras3
        }
        for layer in layers(of: json) {
            if isKeras3(layer) { return .keras3 }
            if isKeras1(layer) { return .keras1 }
            if layer["config"]?["layers"] != nil {
                let inner = generation(of: layer)
                if inner != .keras2 { return inner }
            }
        }
        return .keras2
    }

    private static func layers(of json: JSONValue) -> [JSONValue] {
        json["config"]?.array ?? json["config"]?["layers"]?.array ?? []
    }

    private static func isKeras3(_ layer: JSONValue) -> Bool {
        let nodes = layer["inbound_nodes"]?.array ?? []
        return nodes.contains { $0["args"]?.array != nil && $0["kwargs"]?.object != nil }
            || layer["config"]?["batch_shape"] != nil
            || layer["config"]?["dtype"]?["class_name"]?.string == "DTypePolicy"
    }

    private static func isKeras1(_ layer: JSONValue) -> Bool {
        guard let config = layer["config"]?.object else { return false }
        let words = [
            "nb_filter", "border_mode", "input_dtype", "W_regularizer", "inner_activation",
        ]
        return words.contains { config[$0] != nil }
    }
}
