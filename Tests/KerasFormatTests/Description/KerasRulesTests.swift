import KerasFormat
import Testing

/// Each rule on both sides of the version that changed it.
@Suite struct KerasRulesTests {
    private func expect(
        _ without: String, _ with: String, _ rule: (KerasVersion) -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let lacking = try #require(KerasVersion(without))
        let having = try #require(KerasVersion(with))
        #expect(!rule(lacking), "\(without)", sourceLocation: sourceLocation)
        #expect(rule(having), "\(with)", sourceLocation: sourceLocation)
    }

    @Test func rulesOfMasks() throws {
        try expect("3.3.3", "3.4.0") { $0.mergesMasksByUnion }
        try expect("2.15.0", "3.0.0") { $0.losesMasks }
        try expect("3.4.0", "3.3.3") { $0.losesMasks }
        try expect("2.15.0", "3.0.0") { $0.hidesMasksOfSeveralTensors }
        try expect("2.15.0", "3.0.0") { $0.identityPassesMask }
        try expect("2.15.0", "3.0.0") { $0.timeDistributedKeepsMask }
        try expect("3.8.0", "3.7.0") { $0.heedsStatedQueryMasks }
        try expect("3.13.2", "3.14.0") { $0.clearsMaskedWeights }
        try expect("2.3.1", "2.4.0") { $0.zeroesMaskedOutputs }
        try expect("2.2.4", "2.2.4-tf") { $0.zeroesMaskedOutputs }
    }

    @Test func rulesOfNumbers() throws {
        try expect("2.15.0", "3.0.0") { $0.hardSigmoidIsSteep }
        try expect("2.2.4-tf", "2.3.1") { $0.resizesAsymmetrically }
        try expect("2.4.0", "2.3.1") { $0.resizesAsymmetrically }
        try expect("2.15.0", "3.0.0") { $0.keepsIntegers }
        try expect("1.2.2", "2.0.0") { $0.discretizesToInt64 }
        try expect("3.0.0", "2.15.0") { $0.discretizesToInt64 }
        try expect("2.15.0", "3.0.0") { $0.smallestNorm < 1e-6 }
    }

    @Test func rulesOfLayers() throws {
        try expect("3.0.0", "2.15.0") { $0.keepsOrderOfNormalizedAxes }
        try expect("2.0.0", "1.2.2") { $0.hidesSharedAxes }
        try expect("2.15.0", "3.0.0") { $0.hasOperations }
        let forms = try ["2.15.0", "3.5.0", "3.6.0", "3.7.0", "3.8.0"].map {
            try #require(KerasVersion($0)).randomCrops
        }
        #expect(forms == [.resized, .resized, .cut, .cut, .identity])
    }

    @Test func aVersionThatIsNotStatedIsTheLatestOfItsGeneration() {
        let version = KerasVersion(generation: .keras3)
        #expect(version.clearsMaskedWeights)
        #expect(version.randomCrops == .identity)
    }
}
