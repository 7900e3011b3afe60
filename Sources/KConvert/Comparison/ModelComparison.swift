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
            let imported = try importModel(source, for: runner)
            let verifier = Verifier(
                graph: imported.graph, options: options,
                cancellation: Cancellation { _ in .proceed })
            // A model without state has to be compared from the start of the file's variables each time.
            let isStateless = imported.graph.states.isEmpty
            let reference = try verifier.startReference()
            defer { reference.stop() }
            let samples = reference.samples
            let outputs = try verifier.compare(runner, with: reference, isolated: isStateless)
            let evaluator = GraphEvaluator(
                imported.graph, precision: verifier.precision, threads: Processors.count)
            var differences = LayerDifferences(imported.graph, tolerance: options.tolerance)
            runner.reset()
            for sample in samples {
                if isStateless { runner.reset() }
                try differences.add(sample.inputs, evaluator, runner)
            }
            let classes = Dictionary(
                imported.layers.map { ($0.path, $0.className) }, uniquingKeysWith: { $1 })
            let modelLayers = imported.layers.filter { $0.className != "InputLayer" }
            return ComparisonReport(
                outputs: outputs, layers: differences.rows(classes: classes),
                modelLayers: modelLayers.map(\.path),
                notes: isStateless ? try stateNotes(runner, samples) : [])
        }
    }

    /// A note where a file gives something else in a second run with the same inputs.
    private func stateNotes(_ runner: FileRunner, _ samples: [Sample]) throws -> [String] {
        guard let inputs = samples.first?.inputs else { return [] }
        runner.reset()
        let (first, second) = (try runner.run(inputs), try runner.run(inputs))
        let isSame = zip(first, second).allSatisfy { a, b in
            a.withBytes { x in b.withBytes { x.elementsEqual($0) } }
        }
        return isSame
            ? []
            : ["the file keeps state from run to run, the model does not: reset its variables"]
    }

    /// The model with the batch of the file, and with its extents where the model leaves them free and the file does not.
    private func importModel(
        _ source: ModelSource, for runner: FileRunner
    ) throws -> ImportedModel {
        func model(_ shapes: [String: [Int]]) throws -> ImportedModel {
            let batch = runner.firstInputShape.first ?? 1
            return try KerasImporter.importModel(
                architecture: source.model, weights: source.weights,
                options: ImportOptions(
                    batch: batch > 0 ? .fixed(batch) : .free, inputShapes: shapes,
                    kerasVersion: options.kerasVersion, custom: options.customLayers.objects))
        }
        let imported = try model(options.inputShapes)
        runner.adopt(imported.graph)
        var shapes = options.inputShapes
        for (port, shape) in zip(imported.graph.inputs, runner.inputShapes) {
            let free = imported.graph[port.value].type.shape.dims
            guard free.count == shape.count, shapes[port.name] == nil,
                zip(free, shape).contains(where: { $0 == Shape.free && $1 > 0 })
            else { continue }
            shapes[port.name] = zip(free, shape).map { $0 == Shape.free ? $1 : $0 }
        }
        return shapes == options.inputShapes ? imported : try model(shapes)
    }
}
