import Foundations
import Problems

extension ModelParser {
    /// A Sequential as a chain of calls, with an input layer in front if the file has none.
    ///
    /// - Parameters:
    ///   - objects: the layer objects.
    ///   - outer: the object of the Sequential itself, which may state the input shape.
    func sequential(
        _ objects: [JSONValue], name: String, outer: JSONValue
    ) throws -> ModelDescription {
        var unnamed = 0
        var layers = try objects.map { object in
            var name: String?
            if object["name"] == nil, object["config"]?.array != nil {
                unnamed += 1
                name = "sequential_\(unnamed)"
            }
            return try layer(object, name: name)
        }
        if let first = objects.first, first["class_name"]?.string == Keras1Merge.className {
            return try merged(objects, name: name)
        }
        guard let first = layers.first else {
            throw Problem(.brokenTopology("the model has no layers"))
        }
        if !first.isInput {
            let shape =
                statedShape(of: first, object: objects[0])
                ?? outer["config"]?["build_input_shape"] ?? outer["build_config"]?["input_shape"]
            layers.insert(input(before: first, shape: shape), at: 0)
        }
        try checkNames(of: layers)
        for index in layers.indices.dropFirst() {
            let previous = TensorReference(layer: layers[index - 1].name, node: 0, tensor: 0)
            layers[index].calls = [CallDescription(arguments: [.tensor(previous)])]
        }
        let ends = [layers[0], layers[layers.count - 1]].map {
            Argument.list([.tensor(TensorReference(layer: $0.name, node: 0, tensor: 0))])
        }
        return ModelDescription(
            kind: .sequential, name: name, version: version, layers: layers, inputs: ends[0],
            outputs: ends[1])
    }

    /// The input shape that the first layer states itself; for a model, that of its input layer.
    private func statedShape(of first: LayerDescription, object: JSONValue) -> JSONValue? {
        if let model = first.model {
            let input = model.inputs.tensors.first.flatMap { model.layer(named: $0.layer) }
            return input?.config.statedInputShape?.value
        }
        return first.config.statedInputShape?.value ?? object["build_config"]?["input_shape"]
    }

    /// The input layer that Keras puts in front of `first`.
    private func input(before first: LayerDescription, shape: JSONValue?) -> LayerDescription {
        let name = first.name + "_input"
        var config = JSONObject([("name", .string(name))])
        if let shape { config["batch_input_shape"] = shape }
        if let dtype = first.config.dtypeName { config["dtype"] = .string(dtype) }
        return LayerDescription(
            name: name, className: "InputLayer", registeredName: nil, module: nil,
            config: LayerConfig(config), model: nil, wrapped: [], calls: [])
    }
}
