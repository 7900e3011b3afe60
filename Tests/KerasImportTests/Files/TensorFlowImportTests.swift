import Foundation
import KerasImport
import Problems
import TestSupport
import Testing

/// SavedModels and checkpoints: their names, and what is wrong with some.
@Suite struct TensorFlowImportTests {
    private let formats = Repository.testdata("keras2/formats") + "/"

    private func importModel(_ model: String, _ weights: String? = nil) throws -> ImportedModel {
        var options = ImportOptions()
        options.batch = .fixed(2)
        return try KerasImporter.importModel(
            architecture: model, weights: weights, options: options)
    }

    /// Copies the checkpoint of a fixture to a folder.
    private func copy(_ stem: String, to folder: URL) throws -> String {
        for ending in [".index", ".data-00000-of-00001"] {
            try FileManager.default.copyItem(
                atPath: formats + stem + ending, toPath: folder.appending(path: "w" + ending).path)
        }
        return folder.appending(path: "w").path
    }

    @Test func takesCheckpointsByEveryName() throws {
        try Repository.withTemporaryFolder { folder in
            let path = try copy("tf2_10_vision.ckpt", to: folder)
            try Data("model_checkpoint_path: \"/elsewhere/w\"\n".utf8)
                .write(to: folder.appending(path: "checkpoint"))
            let names = [
                path, path + ".index", path + ".data-00000-of-00001", folder.path,
                folder.path + "/checkpoint",
            ]
            for name in names {
                let model = try importModel(formats + "tf2_10_vision.json", name)
                #expect(model.warnings.isEmpty && model.graph.inputs.count == 1)
                #expect(try KerasFiles.byteCount(of: .path(name)) > 2000)
            }
        }
    }

    @Test func takesSavedModelsByTheirFiles() throws {
        for name in ["", "/", "/saved_model.pb", "/keras_metadata.pb"] {
            let model = try importModel(formats + "tf2_10_vision.saved" + name)
            #expect(model.version.text == "2.10.0")
        }
        let weights = try importModel(
            formats + "tf2_10_vision.json", formats + "tf2_10_vision.saved")
        #expect(weights.graph.inputs.count == 1)
    }

    /// A SavedModel that has lost its descriptions, as `model.export()` never writes any.
    @Test func saysWhatFunctionsAre() throws {
        try Repository.withTemporaryFolder { folder in
            try FileManager.default.copyItem(
                atPath: formats + "tf2_10_vision.saved/saved_model.pb",
                toPath: folder.appending(path: "saved_model.pb").path)
            let problem = #expect(throws: Problem.self) { try importModel(folder.path) }
            guard case .foreignFile(let what, let remedy)? = problem?.kind else {
                Issue.record("\(String(describing: problem))")
                return
            }
            #expect(
                what.contains("SavedModel")
                    && remedy.description.contains("model.save('model.keras')"))
        }
    }

    @Test func explainsWrongCheckpoints() throws {
        let json = formats + "tf2_10_vision.json"
        #expect(throws: (any Error).self) {
            try importModel(json, formats + "tf2_10_steps.ckpt.index")
        }
        let bare = #expect(throws: Problem.self) {
            try importModel(formats + "tf2_10_vision.ckpt.index")
        }
        guard case .invalidArgument(let what, _)? = bare?.kind else {
            Issue.record("\(String(describing: bare))")
            return
        }
        #expect(what.contains("without an architecture"))
        try Repository.withTemporaryFolder { folder in
            let path = try copy("tf2_10_vision.ckpt", to: folder)
            try FileManager.default.removeItem(atPath: path + ".data-00000-of-00001")
            let problem = #expect(throws: Problem.self) { try importModel(json, path + ".index") }
            #expect(
                problem?.code == .io && problem?.file?.hasSuffix(".data-00000-of-00001") == true)
            try Data("nothing".utf8).write(to: folder.appending(path: "checkpoint"))
            #expect(throws: Problem.self) { try importModel(json, folder.path) }
        }
    }

    /// A damaged index or object graph gives a problem or the model, never a crash.
    @Test func survivesDamage() throws {
        try Repository.withTemporaryFolder { folder in
            let path = try copy("tf2_10_vision.ckpt", to: folder)
            for ending in [".index", ".data-00000-of-00001"] {
                let file = URL(filePath: path + ending)
                let bytes = try [UInt8](Data(contentsOf: file))
                try Damage.mutate(bytes, count: 100) { copy in
                    try Data(copy).write(to: file)
                    do {
                        _ = try importModel(formats + "tf2_10_vision.json", path)
                    } catch is Problem {
                    } catch is Problems {
                    }
                }
                try Data(bytes).write(to: file)
            }
        }
    }
}
