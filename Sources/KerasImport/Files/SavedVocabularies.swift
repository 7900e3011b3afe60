import Foundations
import KerasFormat
import Problems
import TensorFlowFiles
import Tensors

/// The vocabularies of lookup layers in a SavedModel.
///
/// The description leaves them out. They are in static tables of the graph, in files in the folder `assets`, or, before
/// TensorFlow 2.6, in tables of the checkpoint.
struct SavedVocabularies {
    private static let className = "IntegerLookup"
    private let folder: SavedModelFolder
    private let objects: SavedObjects
    private let weights: TensorBundle
    /// The objects of lookup layers by the names of the layers; none for a name that several layers have.
    private var layers: [String: Int] = [:]

    /// Whether a layer of this description lacks its vocabulary.
    static func areNeeded(in text: String) -> Bool { text.contains("\"\(className)\"") }

    /// - Parameter descriptions: the objects of Keras and their descriptions in JSON.
    init(
        of folder: SavedModelFolder, _ objects: SavedObjects,
        _ descriptions: [(node: Int, text: String)]
    ) throws {
        self.folder = folder
        self.objects = objects
        weights = try folder.weights()
        var ambiguous: Set<String> = []
        for (node, text) in descriptions where Self.areNeeded(in: text) {
            let json = try JSONParser.parse(text)
            guard json["class_name"] == .string(Self.className), let name = json["name"]?.string
            else { continue }
            if layers.updateValue(node, forKey: name) != nil { ambiguous.insert(name) }
        }
        for name in ambiguous { layers[name] = nil }
    }

    /// The description of a model with the vocabularies filled in.
    func filled(_ model: JSONValue) throws -> JSONValue {
        guard var object = model.object, var config = object["config"]?.object else { return model }
        if let layers = config["layers"]?.array {
            config["layers"] = .array(try layers.map(filled))
        } else if object["class_name"] == .string(Self.className),
            let layer = (config["name"]?.string).flatMap({ layers[$0] }),
            config["vocabulary"]?.array == nil,
            let keys = try keys(of: layer)
        {
            // Keras 2.4 calls the special numbers values.
            let special = ["mask_token", "mask_value", "oov_token", "oov_value"]
                .compactMap { config[$0]?.int }
            let tokens = keys.filter { !special.contains(Int($0)) }
            config["vocabulary"] = .array(tokens.map { .int($0) })
            if let own = try idfWeights(of: layer), own.count >= tokens.count {
                config["idf_weights"] = .array(own.suffix(tokens.count).map { .double($0) })
            }
        } else {
            return model
        }
        object["config"] = .object(config)
        return .object(object)
    }

    private func keys(of layer: Int) throws -> [Int64]? {
        switch try objects.table(ofLayer: layer) {
        case .keys(let keys): return keys
        case .file(let name): return try folder.numbers(inAsset: name)
        case nil: break
        }
        guard let (graph, node) = try stored(layer), let table = graph.child("_table", of: node),
            let key = graph.nodes[table].tableKey
        else { return nil }
        func numbers(_ part: String) throws -> [Int64] {
            try weights.constant(key + part).doubles().map { Int64($0) }
        }
        return SavedObjects.sorted(try numbers("-keys"), by: try numbers("-values"))
    }

    private func idfWeights(of layer: Int) throws -> [Double]? {
        guard let (graph, node) = try stored(layer),
            let variable = graph.child("idf_weights", of: node),
            let key = graph.nodes[variable].key
        else { return nil }
        return try weights.constant(key).doubles()
    }

    /// The object of the checkpoint that a layer is.
    private func stored(_ layer: Int) throws -> (ObjectGraph, Int)? {
        guard let graph = try weights.objectGraph(), let path = try objects.path(to: layer) else {
            return nil
        }
        var node = 0
        for name in path {
            guard let child = graph.child(name, of: node) else { return nil }
            node = child
        }
        return (graph, node)
    }
}
