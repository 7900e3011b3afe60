import Foundation
import Foundations
import KerasFormat
import KerasLayers
import Problems
import TestSupport
import Testing

/// Which class of Keras is named for an unknown one with the same fields.
struct ClassFieldsTests {
    @Test func classesOfKerasAreToldByTheirFields() throws {
        var found: Set<String> = []
        for layer in try Self.recordedLayers() {
            guard let alike = Self.alike(layer.config) else { continue }
            let name = layer.className
            #expect(
                LayerCatalog.classes[alike] == LayerCatalog.classes[name],
                "\(name) has the fields of \(alike)")
            if alike == name { found.insert(name) }
        }
        let expected: Set = [
            "Dense", "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "DepthwiseConv2D",
            "SeparableConv2D", "LSTM", "GRU", "SimpleRNN", "ConvLSTM2D", "BatchNormalization",
            "LayerNormalization", "GroupNormalization", "Embedding", "MultiHeadAttention",
            "EinsumDense", "PReLU", "ReLU", "Dropout", "Resizing", "UpSampling2D",
        ]
        #expect(expected.subtracting(found) == [])
    }

    @Test func aClassWithAnotherFieldIsNotTakenForOne() throws {
        let dense = try #require(
            Self.recordedLayers().first { Self.alike($0.config) == "Dense" })
        var fields = dense.config.object
        fields["temperature"] = .double(2)
        #expect(Self.alike(LayerConfig(fields)) == nil)
    }

    @Test func theRemedyForCellsCanBePasted() throws {
        let cell = #"""
            {"class_name": "RNN", "config": {"cell": {"class_name": "Mine", "registered_name": "mine>Mine", "config": {FIELDS}}}}
            """#
        let fields =
            ["units", "activation", "recurrent_activation", "use_bias", "reset_after"]
            + ["kernel", "recurrent", "bias"].flatMap { weight in
                ["initializer", "regularizer", "constraint"].map { "\(weight)_\($0)" }
            } + ["dropout", "recurrent_dropout", "implementation"]
        func remedy(_ fields: [String]) throws -> String {
            let members = fields.map { "\"\($0)\": 1" }.joined(separator: ", ")
            let text = cell.replacing("FIELDS", with: members)
            let json = try Array(text.utf8).withUnsafeBytes { try JSONParser.parse($0) }
            let version = KerasVersion(generation: .keras2)
            let description = try ModelParser(version: version).layer(json)
            let problem = #expect(throws: Problem.self) {
                try LayerCatalog.makeLayer(
                    LayerContext(description, version: version, maker: LayerCatalog.maker))
            }
            return try #require(problem?.remedy)
        }
        #expect(try remedy(fields).contains("'mine>Mine=GRUCell'. Otherwise use one"))
        #expect(try remedy(fields + ["gates"]).hasPrefix("Use one of Keras' cells"))
    }

    private static func alike(_ config: LayerConfig) -> String? {
        ClassFields.alike(config) { LayerCatalog.classes[$0] != nil }
    }

    /// The layers of the recorded architectures of Keras 2.
    private static func recordedLayers() throws -> [LayerDescription] {
        let folder = URL(filePath: Repository.testdata("keras2/layers"))
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let parser = ModelParser(version: KerasVersion(generation: .keras2))
        return try (files?.allObjects ?? []).compactMap { $0 as? URL }
            .filter { $0.pathExtension == "json" }
            .flatMap { file in
                let json = try Data(contentsOf: file).withUnsafeBytes {
                    try JSONParser.parse($0)
                }
                return try (json["config"]?["layers"]?.array ?? []).map { try parser.layer($0) }
            }
    }
}
