import KerasFormat
import KerasLayers
import KerasWeights
import Problems

/// The layers of a model and of all models in it, ready to be built.
struct LayerInstances {
    private(set) var layers: [LayerPath: any KerasLayer] = [:]
    /// Why each missing layer cannot be converted.
    private(set) var problems: [Problem] = []

    private let custom: CustomObjects

    init(of model: ModelDescription, custom: CustomObjects) {
        self.custom = custom
        add(model, at: LayerPath([]))
    }

    private mutating func add(_ model: ModelDescription, at path: LayerPath) {
        for layer in model.layers where !layer.isInput {
            let path = path.appending(layer.name)
            if let inner = layer.model ?? layer.distributedModel {
                add(inner, at: path)
                continue
            }
            do {
                layers[path] = try LayerCatalog.makeLayer(
                    LayerContext(
                        layer, version: model.version, custom: custom, maker: LayerCatalog.maker))
            } catch let problem as Problem {
                problems.append(problem.naming(path, layer))
            } catch {
                problems.append(
                    Problem(.invalidGraph("\(error)", pass: nil)).naming(path, layer))
            }
        }
    }
}

extension Problem {
    /// This problem with the layer's path and class, instead of a name without path.
    func naming(_ path: LayerPath, _ layer: LayerDescription) -> Problem {
        var copy = self
        if copy.layer == nil || copy.layer == layer.name || copy.layer == path.description {
            copy.layer = path.description
            copy.layerClass = copy.layerClass ?? layer.className
        } else if let inner = copy.layer, inner.hasPrefix(layer.name + "/"),
            !inner.hasPrefix(path.description + "/")
        {
            copy.layer = path.description + inner.dropFirst(layer.name.count)
        }
        return copy
    }
}
