import Foundations
import Problems

extension ModelParser {
    /// A graph of layers.
    func functional(
        _ objects: [JSONValue], config: LayerConfig, name: String
    ) throws -> ModelDescription {
        var layers = try objects.map { try layer($0, name: $0["name"]?.string) }
        try checkNames(of: layers)
        let names = Set(layers.map { $0.name })
        for (index, object) in objects.enumerated() {
            layers[index].calls = try locating(
                layer: layers[index].name, class: layers[index].className
            ) {
                try calls(object["inbound_nodes"], of: layers[index], names: names)
            }
        }
        let inputs = try ends("input_layers", of: config)
        let outputs = try ends("output_layers", of: config)
        let numbering = try NodeNumbering(layers: layers, outputs: outputs, version: version)
        for index in layers.indices {
            layers[index].calls = layers[index].calls.map {
                $0.mapTensors(numbering.normalizeInbound)
            }
        }
        return ModelDescription(
            kind: .functional, name: name, version: version, layers: layers,
            inputs: inputs.mapTensors(numbering.normalizeEnd),
            outputs: outputs.mapTensors(numbering.normalizeEnd))
    }

    private func calls(
        _ value: JSONValue?, of layer: LayerDescription, names: Set<String>
    ) throws -> [CallDescription] {
        guard let value, !value.isNull else { return [] }
        guard let nodes = value.array else {
            throw Problem(
                .invalidField("inbound_nodes", value: value.description, expected: "a list"))
        }
        return try nodes.map { node in
            if node["args"]?.array != nil, let keywords = node["kwargs"]?.object {
                return Keras3Call.call(arguments: node["args"]?.array ?? [], keywords: keywords)
            }
            return try Keras2Call(layerNames: names, keepsLists: layer.keepsLists).call(node)
        }
    }

    /// `input_layers` or `output_layers`: a tensor, or lists and dictionaries of such.
    private func ends(_ field: String, of config: LayerConfig) throws -> Argument {
        let value = try config.required(field, config[field])
        guard let structure = structure(value), !structure.tensors.isEmpty else {
            throw config.invalid(field, value, expected: "tensors [layer, node, tensor]")
        }
        return structure
    }

    /// - Returns: nil for anything else, and for a list or dictionary without tensors, for which a model has no place.
    private func structure(_ value: JSONValue) -> Argument? {
        if let tensor = TensorReference(value) { return .tensor(tensor) }
        switch value {
        case .array(let elements):
            let parts = elements.compactMap { structure($0) }
            return parts.count == elements.count && !parts.isEmpty ? .list(parts) : nil
        case .object(let members):
            let parts = members.values.compactMap { structure($0) }
            guard parts.count == Set(members.keys).count, !parts.isEmpty else { return nil }
            return .dictionary(
                Dictionary(zip(members.keys, parts), uniquingKeysWith: { first, _ in first }))
        default:
            return nil
        }
    }
}

extension LayerDescription {
    /// Whether calls of this class tell a tensor from a list of one tensor.
    fileprivate var keepsLists: Bool {
        className == "TFOpLambda" || className == "SlicingOpLambda"
    }
}

extension TensorReference {
    /// The reference that `[layer, node, tensor]` is, whatever follows.
    init?(_ value: JSONValue) {
        guard let parts = value.array, parts.count >= 3, let layer = parts[0].string,
            let node = parts[1].int, node >= 0, let tensor = parts[2].int, tensor >= 0
        else { return nil }
        self.init(layer: layer, node: node, tensor: tensor)
    }
}
