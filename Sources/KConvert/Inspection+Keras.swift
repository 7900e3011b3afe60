import Foundations
import GraphIR
import KerasImport
import LayerAuthoring
import Problems
import Tensors

extension Inspection {
    /// Looks into a Keras model, which need not be convertible.
    init(
        keras source: ModelSource, _ options: ConversionOptions,
        naming name: (ConversionError.Setting) -> String
    ) throws {
        let options = options.importOptions(batch: .stated(otherwise: Shape.free))
        do {
            try self.init(convertible: source, options)
        } catch let problems as Problems {
            try self.init(refused: source, options, problems.all, name)
        } catch let problem as Problem {
            try self.init(refused: source, options, [problem], name)
        }
    }

    /// Lists the layers of a model that cannot be converted for some reasons.
    ///
    /// - Throws: what is wrong with the files if they cannot be parsed at all.
    private init(
        refused source: ModelSource, _ options: ImportOptions, _ reasons: [Problem],
        _ name: (ConversionError.Setting) -> String
    ) throws {
        if let reason = reasons.first, let weights = try Self(weights: source, reason, name) {
            self = weights
            return
        }
        let found = try KerasImporter.survey(
            source.model.source, weights: source.weights?.source, options: options)
        let problems = found.problems.isEmpty ? reasons : found.problems
        var facts = ["layers": String(found.layers.count)]
        facts["Keras version"] = found.version.text
        let stopping = Dictionary(grouping: problems) { $0.layer ?? "" }
        self.init(
            format: "Keras", name: found.name, fileSize: try Self.size(of: source),
            facts: facts,
            inputs: [], outputs: [],
            rows: found.layers.map { layer in
                Row(
                    name: layer.path, kind: layer.className,
                    outputShapes: layer.outputShapes.map(\.dims), parameters: layer.parameterCount,
                    multiplyAccumulates: 0, problem: stopping[layer.path]?.first?.message)
            }, multiplyAccumulates: 0,
            problems: problems.map { $0.description { name(.init($0)) } })
    }

    private static func size(of source: ModelSource) throws -> Int {
        let files = [source.model, source.weights].compactMap { $0 }
        return try files.reduce(0) { $0 + (try KerasFiles.byteCount(of: $1.source)) }
    }

    private init(convertible source: ModelSource, _ options: ImportOptions) throws {
        let imported = try KerasImporter.importModel(
            source.model.source, weights: source.weights?.source, options: options)
        var work: [String: Int] = [:]
        for node in imported.graph.nodes {
            work[node.layer] = saturatingSum(
                work[node.layer] ?? 0, imported.graph.multiplyAccumulates(of: node))
        }
        var facts: [String: String] = ["layers": String(imported.layers.count)]
        facts["Keras version"] = imported.version.text
        try imported.inputs.confirm()
        self.init(
            format: "Keras", name: imported.graph.name, fileSize: try Self.size(of: source),
            facts: facts, inputs: imported.graph.inputs.map { .init($0, in: imported.graph) },
            outputs: imported.graph.outputs.map { .init($0, in: imported.graph) },
            rows: imported.layers.map { layer in
                Row(
                    name: layer.path, kind: layer.className,
                    outputShapes: layer.outputShapes.map(\.dims), parameters: layer.parameterCount,
                    multiplyAccumulates: work[layer.path] ?? 0)
            }, multiplyAccumulates: imported.graph.cost.multiplyAccumulates)
    }
}
