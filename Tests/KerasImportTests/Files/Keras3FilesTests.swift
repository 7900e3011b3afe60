import Foundation
import KerasFormat
import KerasImport
import Problems
import TestSupport
import Testing

/// Archives, divided weights and the choice of a version.
@Suite struct Keras3FilesTests {
    private let archive = Repository.testdata("keras3/formats/k3_15_dense_chain.keras")
    private let json = Repository.testdata("keras3/formats/k3_15_sharded.json")

    private func kind(_ body: () throws -> KerasFiles) -> Problem.Kind? {
        #expect(throws: Problem.self) { try body() }?.kind
    }

    @Test func tellsVersions() throws {
        let stated = try KerasFiles.open(architecture: archive).model.version
        #expect(stated.generation == .keras3 && stated.text?.hasPrefix("3.15") == true)
        let chosen = try KerasFiles.open(architecture: archive, version: "2.3.1").model
        #expect(chosen.version == KerasVersion("2.3.1"))
        let generation = try KerasFiles.open(architecture: archive, version: "2").model
        #expect(generation.version == KerasVersion(generation: .keras2))
        for version in ["4.0", "x", "", "31"] {
            guard
                case .invalidArgument? = kind({
                    try KerasFiles.open(architecture: archive, version: version)
                })
            else {
                Issue.record("'\(version)' passes for a version")
                continue
            }
        }
    }

    /// The names in a list of shards cannot lead to another folder.
    @Test(arguments: ["../k3_15_image.weights.h5", "/etc/passwd", "..", "", "a/b.h5"])
    func keepsToTheFolder(name: String) throws {
        try Repository.withTemporaryFolder { folder in
            let list = folder.appending(path: "x.weights.json")
            try Data("{\"weight_map\": {\"/layers/dense/vars\": \"\(name)\"}}".utf8)
                .write(to: list)
            guard
                case .invalidField("weight_map", _, _)? = kind({
                    try KerasFiles.open(architecture: json, weights: list.path)
                })
            else {
                Issue.record("'\(name)' passes for the name of a shard")
                return
            }
        }
    }

    @Test func namesMissingShards() throws {
        try Repository.withTemporaryFolder { folder in
            let list = folder.appending(path: "x.weights.json")
            try Data("{\"weight_map\": {\"/vars\": \"x_00000.weights.h5\"}}".utf8).write(to: list)
            let problem = #expect(throws: Problem.self) {
                try KerasFiles.open(architecture: json, weights: list.path)
            }
            #expect(problem?.file?.hasSuffix("x_00000.weights.h5") == true)
        }
    }

    @Test func namesMissingMembers() throws {
        try Repository.withTemporaryFolder { folder in
            let empty = kind { try KerasFiles.open(architecture: folder.path) }
            #expect(
                empty == .malformed(what: "Keras archive", reason: "'config.json' is missing"))
            try FileManager.default.copyItem(
                atPath: Repository.testdata("keras3/formats/k3_15_unpacked.folder/config.json"),
                toPath: folder.appending(path: "config.json").path)
            let bare = kind { try KerasFiles.open(architecture: folder.path) }
            #expect(
                bare == .malformed(what: "Keras archive", reason: "'model.weights.h5' is missing"))
        }
    }

    /// A damaged archive gives a problem, whichever byte is wrong, or the model.
    @Test func survivesDamage() throws {
        let bytes = try Data(contentsOf: URL(filePath: archive))
        try Repository.withTemporaryFolder { folder in
            let copy = folder.appending(path: "damaged.keras")
            for offset in stride(from: 0, to: bytes.count, by: 499) {
                var damaged = bytes
                damaged[offset] ^= 0xFF
                try damaged.write(to: copy)
                do {
                    _ = try KerasImporter.importModel(architecture: copy.path)
                } catch is Problem {
                } catch is Problems {
                }
                try bytes.prefix(offset).write(to: copy)
                #expect(throws: (any Error).self) {
                    try KerasImporter.importModel(architecture: copy.path)
                }
            }
        }
    }
}
