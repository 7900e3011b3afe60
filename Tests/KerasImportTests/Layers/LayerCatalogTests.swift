import Testing

import KerasImport

@Suite struct LayerCatalogTests {
    @Test func noClassNameIsClaimedTwice() {
        let names = LayerCatalog.all.flatMap { $0.classNames }
        #expect(names.count == Set(names).count)
    }
}
