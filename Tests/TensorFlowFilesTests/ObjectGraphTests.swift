import Foundation
import Foundations
import Problems
import TestSupport
import Testing

import TensorFlowFiles

/// Descriptions of objects, in recorded files and damaged copies of them.
@Suite struct ObjectGraphTests {
    private func file(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: Repository.testdata("keras2/formats/" + name))))
    }

    private func graph() throws -> [UInt8] {
        let index = try file("tf2_10_vision.ckpt.index").withUnsafeBytes { try BundleIndex($0) }
        let entry = try #require(index.entries["_CHECKPOINTABLE_OBJECT_GRAPH"])
        let data = try file("tf2_10_vision.ckpt.data-00000-of-00001")
        let text = Array(data[entry.offset..<entry.offset + entry.byteCount])
        return try text.withUnsafeBytes { Array(try BundleString.single($0)) }
    }

    @Test func findsVariables() throws {
        let graph = try graph().withUnsafeBytes { try ObjectGraph($0) }
        let layer = try #require(graph.child("layer_with_weights-0", of: 0))
        let kernel = try #require(graph.child("kernel", of: layer))
        #expect(graph.child("layer-1", of: 0) == layer && graph.child("bias", of: layer) == nil)
        #expect(graph.nodes[kernel].key == "layer_with_weights-0/kernel/.ATTRIBUTES/VARIABLE_VALUE")
        #expect(graph.nodes[kernel].variableName.hasSuffix("/kernel"))
    }

    @Test func findsDescriptions() throws {
        let new = try file("tf2_10_vision.saved/keras_metadata.pb")
        let old = try file("tf2_2_vision.saved/saved_model.pb")
        let exported = try file("tf2_10_vision.saved/saved_model.pb")
        #expect(
            try new.withUnsafeBytes { try KerasMetadata.objects(metadata: $0) }.first?.text
                .contains("\"2.10.0\"") == true)
        #expect(
            try old.withUnsafeBytes { try KerasMetadata.objects(savedModel: $0) }.first?.text
                .contains("\"model_config\"") == true)
        #expect(try exported.withUnsafeBytes { try KerasMetadata.objects(savedModel: $0) }.isEmpty)
    }

    @Test func findsTables() throws {
        let bytes = try file("tf2_10_lookup.saved/saved_model.pb")
        let found = try bytes.withUnsafeBytes { bytes in
            let objects = try SavedObjects(savedModel: bytes)
            return try (0..<12).compactMap { node in
                try objects.path(to: node).flatMap { _ in try objects.table(ofLayer: node) }
            }
        }
        #expect(found.contains(.keys([7, 12, 3, 9])))
        #expect(found.contains(.file("numbers.txt")))
    }

    private func tables(_ bytes: UnsafeRawBufferPointer) throws {
        let objects = try SavedObjects(savedModel: bytes)
        for node in 0..<12 {
            _ = try objects.path(to: node)
            _ = try objects.table(ofLayer: node)
        }
    }

    @Test func survivesDamage() throws {
        let graph = try graph()
        let metadata = try file("tf2_10_vision.saved/keras_metadata.pb")
        let model = try file("tf2_10_vision.saved/saved_model.pb")
        let readers: [([UInt8], (UnsafeRawBufferPointer) throws -> Void)] = [
            (graph, { _ = try ObjectGraph($0) }),
            (Array(metadata.prefix(400)), { _ = try KerasMetadata.objects(metadata: $0) }),
            (Array(model.prefix(2000)), { _ = try KerasMetadata.objects(savedModel: $0) }),
            (Array(try file("tf2_10_lookup.saved/saved_model.pb").prefix(1 << 16)), tables),
        ]
        for (bytes, read) in readers {
            try Damage.mutate(bytes, count: 300) { copy in
                do { try copy.withUnsafeBytes(read) } catch is Problem {}
            }
            try Damage.truncate(bytes, count: 100) { copy in
                do { try copy.withUnsafeBytes(read) } catch is Problem {}
            }
        }
    }
}
