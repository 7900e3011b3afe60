import Evaluation
import GraphIR
import KerasImport
import Tensors

/// Compares a `.tflite` file, of this program or another, with the Keras model that it was made from.
public struct ModelComparison: Sendable {
    private let options: ConversionOptions

    /// A comparison; of the options those on passes and writing do not matter.
    public init(_ options: ConversionOptions = ConversionOptions()) {
        self.options = options
    }

    /// Runs the model and the file on the same inputs.
    ///
    /// - Throws: `ConversionError` where one of them cannot be read or run. A difference is no error.
    public func compare(
        _ source: ModelSource, with file: String
    ) throws(ConversionError) -> ComparisonReport {
        try ConversionError.wrapping {
            let runner = try FileRunner(path: file)
            let imported = try KerasImporter.importModel(
                architecture: source.model, weights: source.weights,
                options: importOptions(for: runner))
            let verifier = Verifier(
                graph: imported.graph, options: options,
                cancellation: Cancellation { _ in .proceed })
            let outputs = try verifier.compare(runner, verifier.samples)
            let evaluator = GraphEvaluator(
                imported.graph, precision: verifier.precision, threads: Processors.count)
            var differences = LayerDifferences()
            runner.reset()
            for sample in try verifier.samples {
                try differences.add(sample.inputs, evaluator, imported.graph, runner)
            }
            let classes = Dictionary(
                imported.layers.map { ($0.path, $0.className) }, uniquingKeysWith: { $1 })
            return ComparisonReport(
                outputs: outputs,
                layers: differences.rows(tolerance: options.tolerance, classes: classes))
        }
    }

    /// The batch is that of the file.
    private func importOptions(for runner: FileRunner) -> ImportOptions {
        let batch = runner.inputShapes.first?.first ?? 1
        return ImportOptions(
            batch: batch > 0 ? .fixed(batch) : .free, inputShapes: options.inputShapes,
            kerasVersion: options.kerasVersion, custom: options.customLayers.objects)
    }
}
