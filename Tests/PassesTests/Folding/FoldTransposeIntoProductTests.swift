import GraphIR
import Passes
import TestSupport
import Testing

struct FoldTransposeIntoProductTests {
    @Test(arguments: ["y = batchMatMul(t, b)", "y = batchMatMul(b, t)", "y = batchMatMul(t, u)"])
    func productsReadTransposedMatrices(product: String) throws {
        let result = try Rewriting(
            """
            input a: float32[2,4,4]
            input b: float32[2,4,4]
            t = transpose(a) {permutation: [0, 2, 1]}
            u = transpose(b) {permutation: [0, 2, 1]}
            \(product)
            output y
            """, FoldTransposeIntoProduct(), RemoveDeadCode())
        #expect(result.operations == ["batchMatMul"])
        #expect(try result.relativeError() == 0)
    }

    @Test func otherTranspositionsStay() throws {
        let result = try Rewriting(
            """
            input a: float32[4,4,4]
            input b: float32[4,4,4]
            t = transpose(a) {permutation: [1, 0, 2]}
            y = batchMatMul(t, b)
            output y
            """, FoldTransposeIntoProduct())
        #expect(result.operations == ["transpose", "batchMatMul"])
    }
}
