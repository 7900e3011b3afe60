import Archives
import Evaluation
import Foundation
import GraphIR
import KConvert
import KerasImport
import TestSupport
import Tensors

/// A model recorded with real Keras: architecture, weights, inputs and outputs.
package struct Fixture: Sendable, CustomStringConvertible {
    /// The path below `testdata`, without ending.
    package let path: String
    /// The architecture, or the whole model.
    package let architecture: String
    /// The weights; nil for a whole model.
    package let weights: String?
    package let data: String

    /// A second recording at batch 3 with other sizes of the free dimensions, where there is one.
    package var other: String? {
        let path = String(data.dropLast(4)) + ".other.npz"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    package var description: String { path }

    /// All models recorded for the suites.
    package static var all: [Fixture] {
        ["keras2", "keras3"].flatMap { generation in
            ["layers", "models", "operators"].flatMap { all(in: "\(generation)/\($0)") }
        } + all(in: "packages")
    }

    /// All fixtures below a folder of `testdata`.
    package static func all(in folder: String) -> [Fixture] {
        Repository.files(in: folder, withExtension: "json", "keras").compactMap { file in
            file.hasSuffix(".json") ? architectureAndWeights(file) : wholeModel(file)
        }
    }

    /// Every model of a folder in each of its containers: whole files, and architectures with each kind of weights.
    package static func containers(
        in folder: String, whole: [String], weights: [String]
    ) -> [Fixture] {
        let root = Repository.testdata(folder)
        let names = Set((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
        return names.filter { $0.hasSuffix(".npz") }.sorted().flatMap { data in
            let stem = String(data.dropLast(4))
            func fixtures(_ endings: [String], architecture: String?) -> [Fixture] {
                endings.map { "\(stem).\($0)" }.filter(names.contains).map { name in
                    Fixture(
                        path: "\(folder)/\(name)" + (architecture.map { " of \($0)" } ?? ""),
                        architecture: "\(root)/\(architecture ?? name)",
                        weights: architecture == nil ? nil : "\(root)/\(name)",
                        data: "\(root)/\(data)")
                }
            }
            let architectures = ["\(stem).json", "\(stem).yaml"].filter(names.contains)
            return fixtures(whole, architecture: nil)
                + architectures.flatMap { fixtures(weights, architecture: $0) }
        }
    }

    private static func architectureAndWeights(_ file: String) -> Fixture? {
        let stem = String(file.dropLast(5))
        let base = recordedStem(of: stem)
        let weights = [".weights.h5", ".h5"].map { base + $0 }
            .first { FileManager.default.fileExists(atPath: $0) }
        guard let weights, FileManager.default.fileExists(atPath: base + ".npz") else {
            return nil
        }
        return Fixture(
            path: name(of: stem), architecture: file, weights: weights, data: base + ".npz")
    }

    private static func wholeModel(_ file: String) -> Fixture? {
        let stem = String(file.dropLast(6))
        guard FileManager.default.fileExists(atPath: stem + ".npz") else { return nil }
        return Fixture(
            path: name(of: stem), architecture: file, weights: nil, data: stem + ".npz")
    }

    private static func name(of stem: String) -> String {
        String(stem.dropFirst(Repository.testdata("").count))
    }

    /// Whether a batch is written into the model and cannot stay free.
    package var hasFixedBatch: Bool {
        let name = URL(filePath: path).lastPathComponent
        return name.hasPrefix("batch_") || name.hasPrefix("fixed_batch") || isStateful
    }

    /// Whether the values are those of several calls in a row, which depend on the calls before.
    package var isStateful: Bool { path.contains("/stateful/") }

    /// The files as a source for the library.
    package var source: ModelSource {
        var source = ModelSource(model: architecture)
        source.weights = weights.map { .path($0) }
        return source
    }

    /// `name.keras20.json` spells the model `name` in another way and shares its weights and outputs.
    private static func recordedStem(of stem: String) -> String {
        let url = URL(filePath: stem)
        let name = url.lastPathComponent.split(separator: ".").first.map(String.init) ?? ""
        let base = url.deletingLastPathComponent().appending(path: name).path
        return FileManager.default.fileExists(atPath: stem + ".npz") ? stem : base
    }

    /// The recorded inputs and outputs, in the model's order.
    package func recorded(_ file: String? = nil) throws -> (inputs: [Tensor], outputs: [Tensor]) {
        let arrays = Dictionary(
            uniqueKeysWithValues: try NPZ.read(path: file ?? data).map { ($0.name, $0.array) })
        func ordered(_ prefix: String) -> [Tensor] {
            (0..<arrays.count).compactMap { arrays["\(prefix)\($0)"] }
        }
        return (ordered("in"), ordered("out"))
    }

    /// The model with the batch of some recorded calls.
    package func imported(
        for calls: [(inputs: [Tensor], outputs: [Tensor])]
    ) throws -> ImportedModel {
        var options = ImportOptions()
        options.batch = .fixed(calls.first?.inputs.first?.shape.dims.first ?? 1)
        return try KerasImporter.importModel(
            architecture: architecture, weights: weights, options: options)
    }

    /// The batch of the recorded inputs; 1 if there are none.
    package var batch: Int {
        do {
            return try recorded().inputs.first?.shape.dims.first ?? 1
        } catch {
            return 1
        }
    }

    /// The recorded calls: those of a stateful model in a row, else one.
    package func calls() throws -> [(inputs: [Tensor], outputs: [Tensor])] {
        let (inputs, outputs) = try recorded()
        guard isStateful else { return [(inputs, outputs)] }
        let count = 3
        return (0..<count).map { call in
            func part(_ x: Tensor) -> Tensor {
                let size = x.shape[0] / count
                return Constant(x).sliced(call * size..<(call + 1) * size, axis: 0).tensor()
            }
            return (inputs.map(part), outputs.map(part))
        }
    }

    /// Three samples made from the recorded two; nil if samples are not the first axis of everything.
    package func largerBatch() throws -> (inputs: [Tensor], outputs: [Tensor])? {
        let (inputs, outputs) = try recorded()
        guard !hasFixedBatch, !path.contains("time_major"),
            (inputs + outputs).allSatisfy({ $0.shape.rank > 0 && $0.shape[0] == 2 })
        else { return nil }
        func larger(_ x: Tensor) throws -> Tensor {
            let axis = Concatenate(axis: 0)
            let first = Constant(x).sliced(0..<1, axis: 0).tensor()
            return try Op.concatenate(axis).evaluate(inputs: [x, first])[0]
        }
        return (try inputs.map(larger), try outputs.map(larger))
    }
}
