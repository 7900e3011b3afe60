import Foundation
import KerasFormat
import KerasImport
import KerasWeights
import Problems
import Tensors
import TestSupport
import Testing

@Suite struct KerasFilesTests {
    private let json = Repository.testdata("hdf5/nested.json")
    private let weights = Repository.testdata("hdf5/nested.weights_only.h5")
    private let whole = Repository.testdata("hdf5/nested.h5")

    /// The specs of the layers of `nested.h5`.
    private func specs(_ layer: LayerDescription) -> [WeightSpec] {
        switch layer.className {
        case "Dense": [WeightSpec("kernel", [4, 4]), WeightSpec("bias", [4])]
        case "BatchNormalization":
            [
                WeightSpec("gamma", [4]), WeightSpec("beta", [4]),
                WeightSpec("moving_mean", [4], isTrainable: false),
                WeightSpec("moving_variance", [4], isTrainable: false),
            ]
        default: []
        }
    }

    private func requests(
        _ model: ModelDescription, at path: LayerPath = LayerPath([])
    ) -> [WeightRequest] {
        model.layers.flatMap { layer in
            let path = path.appending(layer.name)
            if let model = layer.model { return requests(model, at: path) }
            return [
                WeightRequest(
                    path: path, className: layer.className, isTrainable: layer.isTrainable,
                    specs: specs(layer))
            ]
        }
    }

    /// A nested model with a frozen layer, saved by Keras: every weight arrives at its layer.
    @Test func findsWeightsOfNestedModels() throws {
        let text = try Data(
            contentsOf: URL(filePath: Repository.testdata("hdf5/nested.expected.json")))
        let expected = try #require(
            text.withUnsafeBytes { try JSONParser.parse($0) }.object)
        for files in [
            try KerasFiles.open(architecture: json, weights: weights),
            try KerasFiles.open(architecture: whole),
            try KerasFiles.open(architecture: json, weights: whole),
        ] {
            let assignment = try WeightMatcher.match(requests(files.model), with: files.weights)
            for (path, numbers) in zip(expected.keys, expected.values) {
                let found = assignment[LayerPath(path.split(separator: "/").map(String.init))]
                #expect(
                    found.map { $0.doubles().first } == numbers.array?.map { $0.number }, "\(path)")
            }
            #expect(files.model.layer(named: "middle")?.calls.count == 3)
            #expect(files.model.outputs.tensors.map { $0.node } == [0, 2])
            #expect(try files.model.evaluationOrder().count == 6)
        }
    }

    @Test func explainsWrongArguments() throws {
        let wrong: [(String, String?)] = [
            (weights, nil), (weights, json), (weights, whole), (weights, weights), (json, json),
            (whole, json),
        ]
        for (first, second) in wrong {
            let problem = #expect(throws: Problem.self) {
                try KerasFiles.open(architecture: first, weights: second)
            }
            guard case .invalidArgument(_, let remedy)? = problem?.kind else {
                Issue.record("\(String(describing: problem))")
                continue
            }
            #expect(!remedy.isEmpty && problem?.file != nil)
        }
    }

    @Test func tellsForeignFiles() throws {
        try Repository.withTemporaryFolder { folder in
            let contents: [(String, Problem.Kind)] = [
                ("", .truncated(what: "empty file")),
                (
                    "hello",
                    .malformed(
                        what: "Keras file",
                        reason: "it is neither JSON nor YAML nor HDF5 nor a zip archive")
                ),
                ("{\"a\": ", .truncated(what: "JSON text")),
            ]
            for (text, kind) in contents {
                let path = folder.appending(path: "file").path
                try Data(text.utf8).write(to: URL(filePath: path))
                #expect(throws: Problem(kind, file: path)) {
                    try KerasFiles.open(architecture: path, weights: weights)
                }
            }
            let missing = folder.appending(path: "missing").path
            #expect(throws: Problem.self) { try KerasFiles.open(architecture: missing) }
        }
    }

    @Test func readsOnlyReadableFolders() throws {
        try Repository.withTemporaryFolder { folder in
            let copy = folder.appending(path: "m.h5").path
            try FileManager.default.copyItem(atPath: whole, toPath: copy)
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: copy)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o555], ofItemAtPath: folder.path)
            defer {
                try? FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: folder.path)
            }
            #expect(try KerasFiles.open(architecture: copy).weights.layers.count == 5)
        }
    }

    /// Trained models of Keras 2.0 to 2.14: every convolution and dense layer finds its kernel.
    @Test(
        .enabled(if: Repository.hasTrainedModels, "../shared/models is not there"),
        arguments: [
            ("gender_mini_XCEPTION.h5", nil), ("pretrainedResnet.h5", nil),
            ("str_ww_ref_model.h5", nil),
            ("vww_96.h5", nil), ("pretrainedResnet.json", "pretrainedResnet.weights_only.h5"),
        ] as [(String, String?)])
    func readsTrainedModels(_ architecture: String, _ weights: String?) throws {
        let files = try KerasFiles.open(
            architecture: Repository.trainedModel(architecture),
            weights: weights.map { Repository.trainedModel($0) })
        let stored = Dictionary(
            files.weights.layers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(try files.model.evaluationOrder().count == files.model.layers.count - 1)
        #expect(try files.model.layers[0].config.inputShape()?.rank ?? 0 >= 2)
        var kernels = 0
        for layer in files.model.layers {
            guard layer.className == "Conv2D" || layer.className == "Dense" else { continue }
            let outputs = try layer.config.size(layer.className == "Dense" ? "units" : "filters")
            let kernel = try #require(stored[layer.name]?.weights.first)
            #expect(kernel.shape.dims.last == outputs && kernel.name.contains("kernel"))
            #expect(try kernel.constant().doubles().allSatisfy { abs($0) < 100 })
            kernels += 1
        }
        #expect(kernels > 0)
    }
}
