import Foundation
import KerasImport
import Problems
import TestSupport
import Testing

/// Files of other programs are named, with a way to a file that can be converted.
@Suite struct ForeignFormatTests {
    private static let text: [(name: String, content: String, said: String)] = [
        ("model.onnx", "\u{8}\u{8}\u{12}\u{7}pytorch", "an ONNX model"),
        ("model.pt", "PK", "a PyTorch file"),
        ("model.mlmodel", "\u{8}\u{4}\u{12}\u{2}", "a Core ML model"),
        (
            "frozen.pb", "\n\u{4}\n\u{2}x",
            "a graph of TensorFlow without the layers of a Keras model"
        ),
        ("a.tflite", "\u{1c}\0\0\0TFL3\0\0", "a TFLite model"),
        ("weights.bin", "GGUF\u{3}\0\0\0", "a GGUF file: weights without a graph"),
        (
            "model.safetensors", "\u{10}\0\0\0\0\0\0\0{\"a\":{\"bc\":1}}  ",
            "a safetensors file: weights without a graph"
        ),
        (
            "model.h5", "version https://git-lfs.github.com/spec/v1\n",
            "a pointer to a file in Git LFS"
        ),
        ("model.h5", "\n<!DOCTYPE html><html>", "a web page"),
        ("model.json", "{\"modelTopology\": {}, \"weightsManifest\": []}", "a TensorFlow.js model"),
        ("model.json", "{\"cells\": [], \"nbformat\": 4}", "a Jupyter notebook"),
        (
            "config.json", "{\"model_type\": \"bert\"}",
            "a configuration of the package transformers, whose models hold no graph"
        ),
        ("train.py", "import keras\n", "a Python program"),
    ]

    private static let bytes: [(name: String, content: [UInt8], said: String)] = [
        ("model", [0x80, 0x04, 0x95, 0, 0, 0, 0], "a Python pickle"),
        ("model", [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC], "a PyTorch file"),
        ("model.h5", [0x1F, 0x8B, 8, 0], "a file packed with gzip"),
        ("w.npy", [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0], "an array of NumPy"),
    ]

    @Test func namesFilesOfOthers() throws {
        try Repository.withTemporaryFolder { folder in
            let cases = Self.text.map { ($0.name, Array($0.content.utf8), $0.said) } + Self.bytes
            for (name, content, said) in cases {
                let path = folder.appending(path: name).path
                try Data(content).write(to: URL(filePath: path))
                let problem = #expect(throws: Problem.self) {
                    try KerasFiles.open(architecture: path)
                }
                guard case .foreignFile(said, let remedy)? = problem?.kind else {
                    Issue.record("\(name): \(String(describing: problem))")
                    continue
                }
                #expect(!remedy.isEmpty && problem?.file == path && problem?.code == .badInput)
            }
        }
    }

    @Test func namesFoldersOfOthers() throws {
        let cases: [(files: [String], said: String)] = [
            (["model.json", "x.bin"], "a folder with 'model.json' inside"),
            (["Manifest.json", "model.mlmodel"], "a Core ML package"),
            (["a.npy", "b.npy"], "a set of NumPy arrays"),
        ]
        for (files, said) in cases {
            try Repository.withTemporaryFolder { folder in
                for name in files {
                    try Data([1]).write(to: folder.appending(path: name))
                }
                let problem = #expect(throws: Problem.self) {
                    try KerasFiles.open(architecture: folder.path)
                }
                guard case .foreignFile(said, _)? = problem?.kind else {
                    Issue.record("\(said): \(String(describing: problem))")
                    return
                }
            }
        }
    }

    /// Arrays that `numpy.savez` wrote are an archive too.
    @Test func namesArchivesOfOthers() throws {
        let problem = #expect(throws: Problem.self) {
            try KerasFiles.open(architecture: Repository.testdata("archives/stored.npz"))
        }
        guard case .foreignFile("a set of NumPy arrays", _)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
    }

    /// Weights alone: what they are of, and how to get a graph.
    @Test(arguments: ["hdf5/nested.weights_only.h5", "keras2/formats/tfk_image.weights.h5"])
    func saysWhatWeightsAreOf(file: String) throws {
        let problem = #expect(throws: Problem.self) {
            try KerasFiles.open(architecture: Repository.testdata(file))
        }
        guard case .invalidArgument(let what, let remedy)? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(what.contains("layers ('") && what.contains("how the layers are connected"))
        #expect(remedy.description.contains("model.save("))
    }
}
