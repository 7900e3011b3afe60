import Foundations
import Problems

/// Makes model descriptions from the JSON of any generation.
package struct ModelParser {
    /// The version that wrote the file.
    let version: KerasVersion

    package init(version: KerasVersion) {
        self.version = version
    }

    /// The description in an architecture: `{"class_name": …, "config": …}`.
    ///
    /// - Parameters:
    ///   - json: the content of a JSON file or of the attribute `model_config`.
    ///   - version: the version that counts instead of a stated one.
    ///   - versionText: the version that is stated beside the JSON, if any.
    /// - Throws: `Problem` with the layer filled in.
    package static func model(
        _ json: JSONValue, version: KerasVersion? = nil, versionText: String? = nil
    ) throws -> ModelDescription {
        let json = ArchitectureText.model(json)
        let stated = versionText ?? json["keras_version"]?.string
        let version =
            version ?? stated.flatMap(KerasVersion.init)
            ?? KerasVersion(generation: GenerationSigns.generation(of: json))
        let translated = Keras1Vocabulary.translated(json, of: version.generation)
        let parser = ModelParser(version: version)
        let layer = try parser.layer(translated, name: json["name"]?.string ?? "")
        guard let model = layer.model else {
            throw SubclassedModel.problem(json, className: layer.className)
        }
        return model
    }

    /// The layer that a JSON object describes: `{"class_name": …, "config": …}`.
    ///
    /// - Parameter name: the name in the graph around it; nil for the one in the configuration.
    package func layer(_ json: JSONValue, name: String? = nil) throws -> LayerDescription {
        guard let className = json["class_name"]?.string else {
            throw Problem(.missingField("class_name"))
        }
        let config = json["config"]?.object ?? JSONObject()
        let ownName = config["name"]?.string
        let name =
            name.flatMap { $0.isEmpty ? nil : $0 } ?? ownName
            ?? ObjectNaming.base(ofClass: className)
        return try locating(layer: name, class: className) {
            let model = try model(json, className: className, name: name)
            return LayerDescription(
                name: name,
                className: className.split(separator: ">").last.map(String.init) ?? className,
                registeredName: json["registered_name"]?.string
                    ?? (className.contains(">") ? className : nil),
                module: json["module"]?.string,
                config: LayerConfig(config), model: model,
                wrapped: model == nil ? try wrappedLayers(of: config) : [], calls: [])
        }
    }

    /// The model that a layer object is, or nil for a plain layer.
    private func model(
        _ json: JSONValue, className: String, name: String
    ) throws -> ModelDescription? {
        switch json["config"] {
        case .array(let layers)? where className == "Sequential":
            return try sequential(layers, name: name, outer: json)
        case .object(let config)? where className != "Merge":
            guard let layers = config["layers"]?.array else { return nil }
            guard config["output_layers"] == nil else {
                return try functional(layers, config: LayerConfig(config), name: name)
            }
            return Self.isChain(config, className: className)
                ? try sequential(layers, name: name, outer: json) : nil
        default:
            return nil
        }
    }

    /// Whether a class that lists layers calls them one after the other.
    ///
    /// A Sequential does, and so does a subclass, whose configuration is that of a Sequential that was built. Other
    /// classes may do anything with their layers.
    private static func isChain(_ config: JSONObject, className: String) -> Bool {
        let fields = ["name", "trainable", "dtype", "layers", "build_input_shape"]
        return ["Sequential", "Pipeline"].contains(className)
            || config["build_input_shape"] != nil
                && config.keys.allSatisfy { fields.contains($0) }
    }

    private func wrappedLayers(of config: JSONObject) throws -> [WrappedLayer] {
        var wrapped: [WrappedLayer] = []
        for role in ["layer", "forward_layer", "backward_layer", "cell", "cells"] {
            guard let value = config[role] else { continue }
            for element in value.array ?? [value] where element["class_name"] != nil {
                wrapped.append(WrappedLayer(role: role, layer: try layer(element)))
            }
        }
        return wrapped
    }

    /// Checks that no two layers of a model have one name.
    func checkNames(of layers: [LayerDescription]) throws {
        var names: Set<String> = []
        for layer in layers where !names.insert(layer.name).inserted {
            throw Problem(.brokenTopology("two layers are called '\(layer.name)'"))
        }
    }
}
