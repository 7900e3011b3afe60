import Passes
import Testing

@Suite struct FoldArithmeticTests {
    @Test(arguments: [
        "y = add(c, k)", "y = add(k, c)", "y = subtract(c, k)", "y = subtract(k, c)",
        "y = multiply(c, k)", "y = divide(c, k)", "y = neg(c)", "y = multiply(c, s)",
        "a = multiply(c, s)\nb = add(k, a)\ny = subtract(s, b)",
    ])
    func folds(lines: String) throws {
        let result = try fold(lines)
        #expect(result.operations == ["fullyConnected"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        "y = divide(k, c)", "y = maximum(c, k)", "y = multiply(c, column)", "y = add(c, c)",
        "y = add(c, wide)", "y = add(c, k) {activation: relu}", "y = divide(c, zero)",
    ])
    func leavesAlone(lines: String) throws {
        #expect(try fold(lines).report.firings == 0)
    }

    @Test func mergesScalesAndShifts() throws {
        for (lines, operations) in [
            ("a = multiply(x, k)\ny = multiply(a, s)", ["multiply"]),
            ("a = add(x, k)\nb = subtract(a, s)\ny = subtract(b, k)", ["add"]),
            ("a = multiply(x, k)\ny = add(a, s)", ["batchNormalization"]),
            ("a = multiply(x, s)\nb = add(a, s)\ny = divide(b, k)", ["batchNormalization"]),
            ("a = multiply(x, column)\ny = multiply(a, k)", ["multiply", "multiply"]),
            ("a = multiply(x, k)\ny = multiply(a, s)\noutput a", ["multiply", "multiply"]),
        ] {
            let result = try Rewriting(program(lines), MergeScaleAndShift())
            #expect(result.operations == operations)
            #expect(try result.relativeError() < roundingTolerance)
        }
    }

    private func fold(_ lines: String) throws -> Rewriting {
        try Rewriting(
            program("constant w: float32[4,4] = random(1)\nc = fullyConnected(x, w)\n" + lines),
            FoldArithmetic())
    }

    private func program(_ lines: String) -> String {
        """
        input x: float32[4,4]
        constant k: float32[4] = random(5, 0.5, 2)
        constant s: float32[1,1] = [1.5]
        constant column: float32[4,1] = random(6)
        constant wide: float32[3,4,4] = random(6)
        constant zero: float32[] = [0]
        \(lines)
        output y
        """
    }
}
