import Foundations
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
        try importModel(.path(architecture), weights: weights.map { .path($0) }, options: options)
    }

    /// Reads a model from one or two files, which can be in memory.
    ///
    /// - Parameter progress: is told which part of the work is done, 0…1; what it throws ends the import.
    package static func importModel(
        _ architecture: FileSource, weights: FileSource?, options: ImportOptions = ImportOptions(),
        progress: (Double) throws -> Void = { _ in }
    ) throws -> ImportedModel {
        let inputs = InputFiles()
        return try inputs.confirming {
            let files = try blamingLayers(of: architecture, options) {
                try KerasFiles.open(
                    architecture, weights: weights, version: options.kerasVersion, inputs: inputs)
            }
            try progress(0.4)
            var imported = try locating(file: architecture.name) {
                try importModel(
                    files.model, weights: files.weights, options: options, progress: progress)
            }
            imported.inputs = inputs
            return imported
        }
    }

    /// Makes the graph of a model from its description and its weights.
    package static func importModel(
        _ model: ModelDescription, weights: StoredWeights, options: ImportOptions = ImportOptions(),
        progress: (Double) throws -> Void = { _ in }
    ) throws -> ImportedModel {
        let whole = InferredFields.filled(model, weights)
        let model = options.until.isEmpty ? whole : try whole.cut(at: options.until)
        try options.checkNames(in: model)
        try options.custom.lambdas.check(against: model)
        var options = options
        options.custom.lambdas = options.custom.lambdas.unused
        options.inferredShapes = try InferredShapes.shapes(of: model, weights)
        let layers = LayerInstances(of: model, custom: options.custom)
        if weights.isMissing {
            let run = ModelRun(surveying: model, layers: layers, options: options)
            try run.weights.requests(of: model, layers).requireNoWeights()
        }
        let survey = try ModelRun(model, layers: layers, options: options, assignment: nil)
        try progress(0.6)
        let assignment = try WeightMatcher.match(
            survey.weights.requests(of: model, layers), with: weights)
        try progress(0.8)
        let run = try ModelRun(model, layers: layers, options: options, assignment: assignment)
        try run.checkTypes(as: survey)
        try options.custom.lambdas.checkUse()
        var graph = run.builder.graph
        graph.removeUnusedNodes()
        graph.nameSequences()
        return ImportedModel(
            graph: graph, warnings: assignment.warnings, remarks: run.builder.remarks,
            layers: run.summaries,
            version: model.version)
    }
}

extension [WeightRequest] {
    /// Checks that an architecture alone is the whole model.
    fileprivate func requireNoWeights() throws {
        guard contains(where: { !$0.specs.isEmpty }) else { return }
        throw Problem(
            .invalidArgument(
                "this is an architecture without weights",
                remedy: "Give the weights file (.h5) as the second file."))
    }
}

extension KerasImporter {
    /// Runs `body`; if it finds a file malformed, throws what keeps layers from being converted instead, if something does.
    ///
    /// Keras stops in the middle of a file at a layer that it cannot save, such as one with a table of words.
    private static func blamingLayers<Result>(
        of architecture: FileSource, _ options: ImportOptions, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let problem as Problem {
            guard case .malformed = problem.kind else { throw problem }
            let found = try survey(architecture, weights: nil, options: options).problems
            throw found.isEmpty ? problem : Problems(found)
        }
    }

    /// The layers of a model that may not be convertible, with what keeps them from it.
    ///
    /// Weights are not matched, and may be missing or damaged. A layer that depends on one that cannot be converted has no shapes.
    package static func survey(
        _ architecture: FileSource, weights: FileSource?, options: ImportOptions = ImportOptions()
    ) throws -> ModelSurvey {
        var options = options
        let whole: ModelDescription
        do {
            let files = try KerasFiles.open(
                architecture, weights: weights, version: options.kerasVersion,
                inputs: InputFiles())
            options.inferredShapes = try InferredShapes.shapes(of: files.model, files.weights)
            whole = InferredFields.filled(files.model, files.weights)
        } catch let problem as Problem {
            whole = try KerasFiles.description(in: architecture, without: problem)
        }
        let model = options.until.isEmpty ? whole : try whole.cut(at: options.until)
        let layers = LayerInstances(of: model, custom: options.custom)
        let run = ModelRun(surveying: model, layers: layers, options: options)
        return ModelSurvey(model, run, file: architecture.name)
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
