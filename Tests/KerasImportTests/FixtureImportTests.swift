import Foundation
import GraphIR
import KerasImport
import Tensors
import TestSupport
import Testing

/// Every recorded layer becomes a valid graph, whether its batch is fixed or free.
@Suite struct FixtureImportTests {
    private static let architectures = Repository.files(in: "keras2/layers", withExtension: "json")

    @Test func everyLayerIsImported() throws {
        #expect(Self.architectures.count > 400)
        for file in Self.architectures {
            let weights = file.replacing(".json", with: ".h5")
            let fixed = try KerasImporter.importModel(
                architecture: file, weights: weights,
                options: ImportOptions(batch: .stated(otherwise: 3)))
            try fixed.graph.verify()
            let free = try KerasImporter.importModel(
                architecture: file, weights: weights,
                options: ImportOptions(batch: .stated(otherwise: Shape.free)))
            try free.graph.verify()
            for (one, other) in zip(fixed.graph.outputs, free.graph.outputs) {
                let shape = fixed.graph[one.value].shape
                #expect(shape.isStatic || file.contains("/free_"), "\(file)")
                let resized = free.graph[other.value].shape.resolvingFree(to: 3)
                #expect(resized == shape.resolvingFree(to: 3), "\(file)")
            }
            #expect(fixed.warnings.isEmpty, "\(file)")
        }
    }
}
