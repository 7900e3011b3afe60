import Foundation
import GraphIR
import KerasFormat
import KerasImport
import KerasWeights
import TestSupport
import Tensors
import Testing

/// Weights that are stored as another type than the layer's: Keras casts them on loading.
@Suite struct StoredTypeTests {
    /// A store whose arrays are all of another type.
    private func store(_ weights: StoredWeights, as dtype: DType) -> StoredWeights {
        StoredWeights(
            file: weights.file, kerasVersion: weights.kerasVersion, backend: weights.backend,
            layers: weights.layers.map { layer in
                StoredLayer(
                    name: layer.name,
                    weights: layer.weights.map { weight in
                        StoredWeight(name: weight.name, shape: weight.shape, elementType: dtype) {
                            Constant(try weight.constant().cast(to: dtype).tensor())
                        }
                    })
            })
    }

    private func constants(of graph: Graph) -> [Constant] {
        graph.nodes.flatMap(\.inputs).compactMap { graph.constant($0) }
    }

    private func types(_ graph: Graph) -> [String: DType] {
        Dictionary(
            graph.outputs.map { ($0.name, graph[$0.value].dtype) }, uniquingKeysWith: { $1 })
    }

    /// All recorded layers keep the types of their values and constants, whatever the file stores.
    @Test(arguments: [DType.int8, .bool, .float64])
    func everyLayerCastsItsWeights(dtype: DType) throws {
        let architectures = Repository.files(in: "keras2/layers", withExtension: "json")
        #expect(architectures.count > 400)
        for file in architectures {
            let files = try KerasFiles.open(
                architecture: file, weights: file.replacing(".json", with: ".h5"))
            let plain = try KerasImporter.importModel(files.model, weights: files.weights)
            let cast = try KerasImporter.importModel(
                files.model, weights: store(files.weights, as: dtype))
            #expect(types(cast.graph) == types(plain.graph), "\(file)")
            let kinds = { (graph: Graph) in Set(constants(of: graph).map(\.dtype)) }
            #expect(kinds(cast.graph) == kinds(plain.graph), "\(file)")
        }
    }

    /// The elements are cast, not reinterpreted.
    @Test func elementsKeepTheirValues() throws {
        let json = TestModel.sequential(
            input: "[null, 2]", TestModel.layer("Dense", "d", #""units": 2, "use_bias": false"#))
        let weights = TestModel.weights([(name: "d", shapes: [[2, 2]])])
        let model = try KerasImporter.importModel(
            ModelParser.model(JSONParser.parse(json)), weights: store(weights, as: .int8))
        let kernel = try #require(constants(of: model.graph).first { $0.shape == [2, 2] })
        #expect(kernel.dtype == .float32)
        #expect(kernel.doubles().sorted() == [0, 1, 2, 3])
    }
}
