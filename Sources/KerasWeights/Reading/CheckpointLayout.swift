import KerasFormat
import Problems
import TensorFlowFiles
import Tensors

/// Reading of checkpoints of TensorFlow 2, which `save_weights("weights.ckpt")` and SavedModels are.
///
///     layer-0, layer-1, …     the layers of a model by their numbers
///       kernel, bias          variables, under the attributes of the layer
///       cell, forward_layer   layers inside the layer
///
/// The objects are brought to the form that `.weights.h5` has, whose groups are named after classes.
struct CheckpointLayout {
    /// How deep objects may be nested.
    private static let maximumDepth = 40
    /// The most objects that are read, each counted as often as it is reached.
    private static let maximumCount = 1 << 18
    /// Attributes that repeat the variables of a layer, or hold the state of generators and of stateful layers.
    private static let ignoredAttributes: Set<String> = [
        "variables", "trainable_variables", "non_trainable_variables", "regularization_losses",
        "keras_api", "states", "_rng", "_random_generator", "_generator", "idf_weights",
        "num_documents",
    ]

    private let bundle: TensorBundle
    private let graph: ObjectGraph
    private var count = 0

    /// The weights of `model` in a checkpoint.
    ///
    /// - Throws: `malformed` if the checkpoint is not of a model with as many layers, `tooLarge` for endless objects.
    static func read(
        _ graph: ObjectGraph, of bundle: TensorBundle, for model: ModelDescription
    ) throws -> StoredObject {
        var layout = CheckpointLayout(bundle: bundle, graph: graph)
        guard let root = layout.root else {
            throw Problem(
                .malformed(
                    what: "checkpoint of a Keras model", reason: "it holds no numbered layers"))
        }
        return try layout.model(model, at: root, path: "", depth: 0)
    }

    private init(bundle: TensorBundle, graph: ObjectGraph) {
        self.bundle = bundle
        self.graph = graph
    }

    /// The model: the object that was saved, or an attribute of it, as in `tf.train.Checkpoint(model=model)`.
    private var root: Int? {
        guard !graph.nodes.isEmpty else { return nil }
        let candidates = [0] + graph.nodes[0].children.map(\.node)
        return candidates.first { graph.child("layer-0", of: $0) != nil }
    }

    private mutating func model(
        _ model: ModelDescription, at node: Int, path: String, depth: Int
    ) throws -> StoredObject {
        try enter(depth)
        let numbers = try numbers(of: model, at: node, path: path)
        var layers = StoredObject(path: path + "layers")
        var counts: [String: Int] = [:]
        for (layer, number) in zip(model.layers, numbers)
        where !(layer.isInput && model.kind == .sequential) {
            let base = ObjectNaming.base(ofClass: layer.className)
            let name = ObjectNaming.name(base, counts[base, default: 0])
            counts[base, default: 0] += 1
            guard let number, let child = graph.child("layer-\(number)", of: node) else { continue }
            layers.members[name] = try self.layer(
                layer, at: child, path: "\(path)layer-\(number)/", depth: depth + 1)
        }
        var object = StoredObject(path: path)
        object.members["layers"] = layers
        return object
    }

    /// The number of each layer; nil for the input of a Sequential, which some versions do not count.
    private func numbers(
        of model: ModelDescription, at node: Int, path: String
    ) throws -> [Int?] {
        let stored = graph.nodes[node].children.count { $0.name.hasPrefix("layer-") }
        let described = model.layers.indices.map { Optional($0) }
        if stored == described.count { return described }
        if model.layers.first?.isInput == true, stored == described.count - 1 {
            return [nil] + described.dropLast()
        }
        throw Problem(
            .malformed(
                what: "checkpoint of this model",
                reason: "it has \(stored) layers\(path.isEmpty ? "" : " in '\(path)'"), the model "
                    + "\(described.count)"))
    }

    private mutating func layer(
        _ layer: LayerDescription, at node: Int, path: String, depth: Int
    ) throws -> StoredObject {
        if let inner = layer.model {
            return try model(inner, at: node, path: path, depth: depth)
        }
        if layer.distributedModel != nil, let wrapped = layer.wrapped("layer"),
            let child = graph.child("layer", of: node)
        {
            var object = StoredObject(path: path)
            object.members["layer"] = try self.layer(
                wrapped, at: child, path: path + "layer/", depth: depth + 1)
            return object
        }
        return try object(node, of: layer, path: path, depth: depth)
    }

    /// An object of a layer with its variables and the objects in it that have any.
    private mutating func object(
        _ node: Int, of layer: LayerDescription?, path: String, depth: Int
    ) throws -> StoredObject {
        try enter(depth)
        var object = StoredObject(path: path)
        for (name, child) in graph.nodes[node].children where !Self.ignoredAttributes.contains(name)
        {
            if let weight = weight(child, path: path + name) {
                object.variables.append(weight)
                continue
            }
            guard !graph.nodes[child].children.isEmpty else { continue }
            let inner =
                name == "cells"
                ? try cells(child, of: layer, path: path + "cells/", depth: depth + 1)
                : try self.object(
                    child, of: layer?.wrapped(name) ?? layer?.wrapped("layer"),
                    path: path + name + "/", depth: depth + 1)
            if inner.hasVariables { object.members[name] = inner }
        }
        return object
    }

    /// A list of cells under names of their classes.
    private mutating func cells(
        _ node: Int, of layer: LayerDescription?, path: String, depth: Int
    ) throws -> StoredObject {
        try enter(depth)
        let stacked = layer?.wrapped("cell") ?? layer
        let described = stacked?.wrapped.filter { $0.role == "cells" }.map(\.layer) ?? []
        var object = StoredObject(path: path)
        var counts: [String: Int] = [:]
        for (index, cell) in described.enumerated() {
            let base = ObjectNaming.base(ofClass: cell.className)
            let name = ObjectNaming.name(base, counts[base, default: 0])
            counts[base, default: 0] += 1
            guard let child = graph.child(String(index), of: node) else { continue }
            object.members[name] = try self.object(
                child, of: cell, path: "\(path)\(index)/", depth: depth + 1)
        }
        return object
    }

    private func weight(_ node: Int, path: String) -> StoredWeight? {
        guard let key = graph.nodes[node].key, let type = bundle.type(of: key) else { return nil }
        return StoredWeight(name: path, shape: type.shape, elementType: type.elementType) {
            [bundle] in try bundle.constant(key)
        }
    }

    private mutating func enter(_ depth: Int) throws {
        count += 1
        guard depth < Self.maximumDepth, count <= Self.maximumCount else {
            throw Problem(.tooLarge(what: "the tree of objects", value: "\(count) objects"))
        }
    }
}
