import Foundations

extension ModelDescription {
    /// The model with a field more in the configurations of some of its layers.
    ///
    /// - Parameter fields: the field and its value by the names of the layers.
    package func adding(_ fields: [String: (name: String, value: JSONValue)]) -> ModelDescription {
        ModelDescription(
            kind: kind, name: name, version: version,
            layers: layers.map { layer in
                guard let field = fields[layer.name] else { return layer }
                var config = layer.config.object
                config[field.name] = field.value
                return LayerDescription(
                    name: layer.name, className: layer.className,
                    registeredName: layer.registeredName, module: layer.module,
                    config: LayerConfig(config), model: layer.model, wrapped: layer.wrapped,
                    calls: layer.calls)
            }, inputs: inputs, outputs: outputs)
    }
}

extension LayerDescription {
    /// The layer as one of another class.
    ///
    /// - Parameter name: the class, with the package in front if it has one.
    package func renamed(_ name: String) -> LayerDescription {
        LayerDescription(
            name: self.name, className: name.split(separator: ">").last.map(String.init) ?? name,
            registeredName: name.contains(">") ? name : nil, module: "keras.layers",
            config: config, model: model, wrapped: wrapped, calls: calls)
    }
}
