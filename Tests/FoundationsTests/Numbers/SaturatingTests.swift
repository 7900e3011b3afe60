import Foundations
import Testing

@Suite struct SaturatingTests {
    @Test("results beyond Int.max stop there")
    func limits() {
        #expect(saturatingSum(Int.max - 1, 1) == Int.max)
        #expect(saturatingSum(Int.max, 1) == Int.max)
        #expect(saturatingProduct(1 << 31, 1 << 31) == 1 << 62)
        #expect(saturatingProduct(1 << 32, 1 << 31) == Int.max)
        #expect(saturatingProduct() == 1)
    }
}
