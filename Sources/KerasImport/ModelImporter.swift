import GraphIR
import KerasFormat
import KerasLayers
import KerasWeights
import Problems
import Tensors

/// Makes graphs of Keras models.
///
/// The layers are built twice by the same code. The first run uses placeholders without memory and finds which weights each
/// layer has for the shapes that reach it, and everything that cannot be converted. The second run uses the stored weights.
package enum KerasImporter {
    /// Reads a model from one or two files.
    ///
    /// - Parameters:
    ///   - architecture: an architecture in JSON, or a whole model.
    ///   - weights: the weights; nil takes them from the whole model.
    /// - Throws: `Problem`, or `Problems` with all layers that cannot be converted or all weights that do not fit.
    package static func importModel(
        architecture: String, weights: String? = nil, options: ImportOptions = ImportOptions()
    ) throws -> ImportedModel {
        let files = try KerasFiles.open(
            architecture: architecture, weights: weights, version: options.kerasVersion)
        return try locating(file: architecture) {
            try importModel(files.model, weights: files.weights, options: options)
        }
    }

    /// Makes the graph of a model from its description and its weights.
    package static func importModel(
        _ model: ModelDescription, weights: WeightStore, options: ImportOptions = ImportOptions()
    ) throws -> ImportedModel {
        try options.checkNames(in: model)
        let layers = LayerInstances(of: model, custom: options.custom)
        let survey = try ModelRun(model, layers: layers, options: options, weights: nil)
        let assignment = try WeightMatcher.match(
            survey.weightRequests(of: model), with: weights)
        let run = try ModelRun(model, layers: layers, options: options, weights: assignment)
        var graph = run.builder.graph
        graph.removeUnusedNodes()
        return ImportedModel(
            graph: graph, warnings: assignment.warnings, layers: run.summaries,
            version: model.version)
    }
}

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
    /// This problem with the layer's path and class, in place of a name without path.
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

extension Graph {
    /// Removes the nodes that no output needs.
    mutating func removeUnusedNodes() {
        for node in nodes.reversed() where node.outputs.allSatisfy({ useCount(of: $0) == 0 }) {
            removeNode(node.id)
        }
    }
}
