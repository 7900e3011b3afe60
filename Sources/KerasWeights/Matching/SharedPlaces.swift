import Foundations
import KerasFormat

/// Layers that occur in several models.
enum SharedPlaces {
    /// For each place of a layer that occurs before with the same class, name and configuration, the first place.
    static func firstPlaces(in model: ModelDescription) -> [LayerPath: LayerPath] {
        var collector = Collector()
        collector.visit(model, at: LayerPath([]))
        return collector.first
    }

    private struct Collector {
        var first: [LayerPath: LayerPath] = [:]
        private var seen: [String: [(path: LayerPath, config: JSONValue)]] = [:]

        mutating func visit(_ model: ModelDescription, at path: LayerPath) {
            for layer in model.layers where !layer.isInput {
                let path = path.appending(layer.name)
                let key = layer.className + "/" + layer.name
                let config = JSONValue.object(layer.config.object)
                let place = seen[key]?.first {
                    $0.config == config
                        || $0.config.withoutObjectNumbers == config.withoutObjectNumbers
                }
                if let place {
                    first[path] = place.path
                } else {
                    seen[key, default: []].append((path, config))
                }
                if let inner = layer.model ?? layer.distributedModel { visit(inner, at: path) }
            }
        }
    }
}

extension JSONValue {
    /// The value without the numbers of Python objects, which only some copies of an object have.
    fileprivate var withoutObjectNumbers: JSONValue {
        switch self {
        case .array(let elements):
            return .array(elements.map { $0.withoutObjectNumbers })
        case .object(let members):
            let kept = members.keys.indices.filter { members.keys[$0] != "shared_object_id" }
            return .object(
                JSONObject(
                    uniqueKeys: kept.map { members.keys[$0] },
                    values: kept.map { members.values[$0].withoutObjectNumbers }))
        default:
            return self
        }
    }
}
