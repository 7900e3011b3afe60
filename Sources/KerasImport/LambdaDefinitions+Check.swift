import KerasFormat
import KerasFunctions
import KerasWeights
import Problems

extension LambdaDefinitions {
    /// Checks that a name stands for one layer at most.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` for a name that several layers of nested models have.
    func check(against model: ModelDescription) throws {
        let paths = model.layerPaths(at: LayerPath([])).map(\.description)
        for name in values.keys.sorted() where !paths.contains(name) {
            let found = paths.filter { $0.hasSuffix("/" + name) }
            guard found.count > 1 else { continue }
            throw Problem(
                .invalidArgument(
                    "the definition '\(name)=…' could mean the layers \(found.joined(separator: ", "))",
                    remedy: "Write the path of one of them, and define the others as well."))
        }
    }

    /// Checks that everything that was defined was asked for.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` for a name that nothing in the model means.
    func checkUse() throws {
        guard let name = unusedNames.first else { return }
        throw Problem(
            .invalidArgument(
                "the definition '\(name)=…' has no effect: no Lambda, function or variable that the "
                    + "model needs has this name",
                remedy: "Check the name, or leave the definition out."))
    }
}

extension ModelDescription {
    /// The paths of all layers, those of nested models too.
    fileprivate func layerPaths(at path: LayerPath) -> [LayerPath] {
        layers.flatMap { layer -> [LayerPath] in
            let path = path.appending(layer.name)
            guard let inner = layer.model ?? layer.distributedModel else { return [path] }
            return inner.layerPaths(at: path)
        }
    }
}
