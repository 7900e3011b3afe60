import Foundation
import Foundations
import KerasFormat
import KerasFunctions
import KerasLayers
import TestSupport
import Testing

@Suite struct LayerCatalogTests {
    @Test func noClassNameIsClaimedTwice() {
        for types in [LayerCatalog.all, LayerCatalog.thirdParty] {
            let names = types.flatMap { $0.classNames }
            #expect(names.count == Set(names).count)
        }
        let own = Set(LayerCatalog.all.flatMap { $0.classNames })
        for type in LayerCatalog.thirdParty where !own.isDisjoint(with: type.classNames) {
            let takesOver = type.recognizes(LayerConfig(JSONObject()))
            #expect(!takesOver, "\(type) takes over Keras' own")
        }
    }

    @Test func noOperationIsDefinedTwice() {
        let names = Dictionary(grouping: NamedOperation.names) { $0 }
        #expect(names.count > 300)
        #expect(names.filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test func everyLayerStatesItsGenerations() {
        #expect(SupportedLayers.unstated.isEmpty, "give these types a 'support'")
    }

    @Test func layersOfOtherPackagesNameTheirPackage() {
        #expect(LayerCatalog.all.allSatisfy { $0.support.package == nil })
        #expect(LayerCatalog.thirdParty.allSatisfy { $0.support.package != nil })
    }

    @Test func exceptionsNameClassesOfTheirType() {
        for type in LayerCatalog.all {
            #expect(Set(type.support.exceptions.keys).isSubset(of: type.classNames), "\(type)")
        }
    }

    @Test func theListOfSupportedLayersIsFresh() throws {
        let file = Repository.root.appending(path: "Documentation/SupportedLayers.md")
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == SupportedLayers.markdown, "run 'make docs'")
    }
}
