import Archives
import Foundation
import TestSupport
import Tensors
import Testing

/// A model recorded with real Keras: architecture, weights, inputs and outputs.
struct Fixture: Sendable, CustomTestStringConvertible {
    /// The path below `testdata`, without ending.
    let path: String
    let architecture: String
    let weights: String
    let data: String

    var testDescription: String { path }

    /// All fixtures below a folder of `testdata`.
    static func all(in folder: String) -> [Fixture] {
        let root = URL(filePath: Repository.testdata(folder))
        let files =
            FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects
            .compactMap { $0 as? URL } ?? []
        return files.filter { $0.pathExtension == "json" }.map(\.path).sorted().compactMap { file in
            let stem = String(file.dropLast(5))
            let base = recordedStem(of: stem)
            guard FileManager.default.fileExists(atPath: base + ".npz") else { return nil }
            return Fixture(
                path: String(stem.dropFirst(Repository.testdata("").count)), architecture: file,
                weights: base + ".h5", data: base + ".npz")
        }
    }

    /// `name.keras20.json` spells the model `name` in another way and shares its weights and outputs.
    private static func recordedStem(of stem: String) -> String {
        let url = URL(filePath: stem)
        let name = url.lastPathComponent.split(separator: ".").first.map(String.init) ?? ""
        let base = url.deletingLastPathComponent().appending(path: name).path
        return FileManager.default.fileExists(atPath: stem + ".npz") ? stem : base
    }

    /// The recorded inputs and outputs, in the model's order.
    func recorded() throws -> (inputs: [Tensor], outputs: [Tensor]) {
        let arrays = Dictionary(
            uniqueKeysWithValues: try NPZ.read(path: data).map { ($0.name, $0.array) })
        func ordered(_ prefix: String) -> [Tensor] {
            (0..<arrays.count).compactMap { arrays["\(prefix)\($0)"] }
        }
        return (ordered("in"), ordered("out"))
    }
}
