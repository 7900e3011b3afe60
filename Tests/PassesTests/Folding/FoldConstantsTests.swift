import GraphIR
import Passes
import Tensors
import Testing

@Suite struct FoldConstantsTests {
    @Test(arguments: [
        "d = transpose(c) {permutation: [1, 0]}", "d = reshape(c) {shape: [4, 3]}\n",
        "d = slice(c) {begin: [1, 1], sizes: [2, 3], strides: [1, 1]}",
        "d = slice(c) {begin: [0, 1], sizes: [2, -1], strides: [2, 1]}",
        "d = broadcast(c) {shape: [2, 3, 4]}", "d = multiply(c, c)",
        "a = exp(c)\nb = transpose(a) {permutation: [1, 0]}\nd = reduce(b) {kind: sum, axes: [0]}",
    ])
    func computes(lines: String) throws {
        let result = try Rewriting(
            """
            input x: float32[1]
            constant c: float32[3,4] = random(1)
            \(lines)
            y = add(d, x)
            output y
            """, FoldConstants())
        #expect(result.operations == ["add"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func leavesAloneWhatWouldGrow() throws {
        let result = try Rewriting(
            """
            input x: float32[1]
            constant c: float32[1,4] = random(1)
            d = tile(c) {multiples: [100000, 1]}
            y = add(d, x)
            output y
            """, FoldConstants())
        #expect(result.report.firings == 0)
    }

    @Test func aConstantOutputStaysAnOutput() throws {
        let result = try Rewriting(
            """
            input x: float32[1]
            constant c: float32[4] = random(1)
            y = exp(c)
            output y "constant"
            """, FoldConstants())
        #expect(result.operations.isEmpty)
        #expect(try result.relativeError() < roundingTolerance)
    }
}
