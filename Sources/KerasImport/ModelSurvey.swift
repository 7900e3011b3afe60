import KerasFormat
import KerasWeights
import Problems

/// All layers of a model, convertible or not.
package struct ModelSurvey: Sendable {
    /// The model's name.
    package let name: String
    /// The version of Keras that wrote the model.
    package let version: KerasVersion
    /// The layers, those of nested models too: in the order of their evaluation as far as they could be built, the others
    /// behind them in the order of the file.
    package let layers: [LayerSummary]
    /// What keeps the model from being converted; empty if weights may be all that is wrong.
    package let problems: [Problem]

    init(_ model: ModelDescription, _ run: ModelRun, file: String) {
        name = model.name
        version = model.version
        let built = Set(run.summaries.map(\.path))
        layers =
            run.summaries
            + Self.all(in: model, at: LayerPath([])).filter { !built.contains($0.path) }
        problems = run.problems.map { $0.inFile(file) }
    }

    private static func all(in model: ModelDescription, at path: LayerPath) -> [LayerSummary] {
        model.layers.flatMap { layer -> [LayerSummary] in
            let path = path.appending(layer.name)
            if let inner = layer.model ?? layer.distributedModel { return all(in: inner, at: path) }
            return [
                LayerSummary(
                    path: path.description, className: layer.className, outputShapes: [],
                    parameterCount: 0)
            ]
        }
    }
}
