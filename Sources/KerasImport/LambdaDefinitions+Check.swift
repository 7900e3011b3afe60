import KerasFormat
import KerasFunctions
import KerasWeights
import Problems

extension LambdaDefinitions {
    /// Checks that a name stands for one layer at most, and not for a variable too.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` for a name that several layers of nested models have, or that a layer has and the
    ///   code of one reads.
    func check(against model: ModelDescription) throws {
        let layers = model.layerPaths(at: LayerPath([]))
        let paths = layers.map(\.path.description)
        let functions = try layers.compactMap { path, layer in
            try StoredFunction(of: layer).map { (path: path.description, function: $0) }
        }
        for name in values.keys.sorted() {
            try checkVariable(name, functions)
        }
        for name in values.keys.sorted() where !paths.contains(name) {
            let found = paths.filter { $0.hasSuffix("/" + name) }
            guard found.count > 1 else { continue }
            throw Problem(
                .invalidArgument(
                    "the definition '\(name)=…' could mean the layers \(found.joined(separator: ", "))",
                    remedy: "Write the path of one of them, and define the others as well."))
        }
    }

    /// Checks that a name of a Lambda is not that of a variable too, unless the definition reads the layer's input.
    private func checkVariable(
        _ name: String, _ functions: [(path: String, function: StoredFunction)]
    ) throws {
        let named = functions.first { $0.path == name || $0.path.hasSuffix("/" + name) }
        let reader = functions.first { $0.function.globalNames.contains(name) }
        guard let named, let reader, let definition = values[name],
            !(["x"] + named.function.function.parameters.prefix(1)).contains(where: {
                definition.use(of: $0) != nil
            })
        else { return }
        throw Problem(
            .invalidArgument(
                "the definition '\(name)=…' could mean the layer '\(named.path)', or the variable that the "
                    + "layer '\(reader.path)' reads",
                remedy:
                    "Say what the layers compute, with x for the input and the value in place of the variable: "
                    + "\(.lambda) '\(reader.path)=x * 2', for example."))
    }

    /// Checks that everything that was defined was asked for.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` for a name that nothing in the model means.
    func checkUse() throws {
        guard requiresUse, let name = unusedNames.first else { return }
        throw Problem(
            .invalidArgument(
                "the definition '\(name)=…' has no effect: no Lambda, function or variable that the "
                    + "model needs has this name",
                remedy: "Check the name, or leave the definition out."))
    }
}

extension ModelDescription {
    /// All layers with their paths, those of nested models too.
    fileprivate func layerPaths(
        at path: LayerPath
    ) -> [(path: LayerPath, layer: LayerDescription)] {
        layers.flatMap { layer -> [(path: LayerPath, layer: LayerDescription)] in
            let path = path.appending(layer.name)
            guard let inner = layer.model ?? layer.distributedModel else { return [(path, layer)] }
            return inner.layerPaths(at: path)
        }
    }
}

extension StoredFunction {
    /// The function of a Lambda; nil if the layer is another one or the file does not hold its code.
    fileprivate init?(of layer: LayerDescription) throws {
        let lambda = layer.className == "Lambda" ? layer : layer.wrapped("layer")
        guard let lambda, lambda.className == "Lambda" else { return nil }
        try self.init(
            lambda.config["function"] ?? .null, type: lambda.config["function_type"]?.string)
    }
}
