import Foundations
import KerasImport
import Legalize
import Verification

/// Compares a `.tflite` file from any converter with the Keras model that it was made from.
public struct ModelComparison: Sendable {
    private let options: ConversionOptions

    /// A comparison; options on passes and writing have no effect.
    public init(_ options: ConversionOptions = ConversionOptions()) {
        self.options = options
    }

    /// Runs the model and the file on the same inputs.
    ///
    /// - Throws: `ConversionError` if one of them cannot be read or run. A difference is not an error.
    public func compare(
        _ source: ModelSource, with file: String
    ) throws(ConversionError) -> ComparisonReport {
        try compare(source, with: .path(file))
    }

    /// Runs the model and the file, which can be in memory, on the same inputs.
    ///
    /// - Throws: `ConversionError` if one of them cannot be read or run. A difference is not an error.
    public func compare(
        _ source: ModelSource, with file: ModelSource.File
    ) throws(ConversionError) -> ComparisonReport {
        try ConversionError.wrapping {
            try options.limits.apply { try compared(source, with: file) }
        }
    }

    private func compared(
        _ source: ModelSource, with file: ModelSource.File
    ) throws -> ComparisonReport {
        let settings = options.verificationSettings
        let runner = try FileRunner(file.source, threads: settings.threads.half)
        // The model gets the batch of the file, and its extents if the model leaves them free and the file does not.
        var imported = try importModel(source, batch: runner.batch, options.inputShapes)
        let shapes = runner.inputShapes(for: imported.graph, given: options.inputShapes)
        if shapes != options.inputShapes {
            imported = try importModel(source, batch: runner.batch, shapes)
        }
        let inputs = imported.inputs
        let verifier = Verifier(
            imported.graph, settings,
            expanding: { try Legalize.expandRecurrences(in: $0, for: options.target, as: .auto) })
        let found = try inputs.confirming { try verifier.compareLayers(runner) }
        try inputs.confirm()
        let classes = Dictionary(
            imported.layers.map { ($0.path, $0.className) }, uniquingKeysWith: { $1 })
        let modelLayers = imported.layers.filter { $0.className != "InputLayer" }
        let outputs = VerificationReport(found.outputs)
        return ComparisonReport(
            outputs: outputs,
            layers: found.layers.map { ComparisonReport.Layer($0, classes[$0.path] ?? "") },
            modelLayers: modelLayers.map(\.path), notes: found.notes + outputs.notes)
    }

    private func importModel(
        _ source: ModelSource, batch: Int?, _ shapes: [String: [Int]]
    ) throws -> ImportedModel {
        try KerasImporter.importModel(
            source.model.source, weights: source.weights?.source,
            options: importOptions(batch: batch, shapes))
    }

    private func importOptions(batch: Int?, _ shapes: [String: [Int]]) -> ImportOptions {
        var importOptions = ImportOptions(
            batch: batch.map { .fixed($0) } ?? .free, inputShapes: shapes,
            kerasVersion: options.kerasVersion, custom: options.customLayers.objects)
        importOptions.until = options.until
        return importOptions
    }
}
