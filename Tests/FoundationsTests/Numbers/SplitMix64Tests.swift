import Foundations
import Testing

@Suite struct SplitMix64Tests {
    @Test("the published sequence for seed 1234567")
    func publishedSequence() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    @Test("unit numbers lie in 0..<1 and use the upper 53 bits")
    func units() {
        var generator = SplitMix64(seed: 3)
        var bits = generator
        for _ in 0..<1000 {
            let unit = generator.nextUnit()
            #expect((0..<1).contains(unit))
            #expect(unit == Double(bits.next() >> 11) / 9_007_199_254_740_992)
        }
    }
}
