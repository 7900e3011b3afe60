import Foundations
import GraphIR
import KerasImport
import LayerAuthoring
import Tensors

extension Inspection {
    /// Looks into a Keras model.
    init(keras source: ModelSource, _ customLayers: CustomLayers) throws {
        let imported = try KerasImporter.importModel(
            source.model.source, weights: source.weights?.source,
            options: ImportOptions(batch: .free, custom: customLayers.objects))
        var work: [String: Int] = [:]
        for node in imported.graph.nodes {
            work[node.layer] = saturatingSum(
                work[node.layer] ?? 0, imported.graph.multiplyAccumulates(of: node))
        }
        var facts: [String: String] = ["layers": String(imported.layers.count)]
        facts["Keras version"] = imported.version.text
        try imported.inputs.confirm()
        let files = [source.model, source.weights].compactMap { $0 }
        self.init(
            format: "Keras", name: imported.graph.name,
            fileSize: try files.reduce(0) { $0 + (try KerasFiles.byteCount(of: $1.source)) },
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
