import Passes
import Testing

@Suite struct FuseSquaredDifferenceTests {
    private func rewritten(_ square: String, outputs: String = "output y") throws -> Rewriting {
        try Rewriting(
            """
            input a: float32[2,3]
            input b: float32[3]
            d = subtract(a, b)
            y = \(square)
            \(outputs)
            """, FuseSquaredDifference())
    }

    @Test(arguments: ["square(d)", "multiply(d, d)"])
    func squaresOfDifferencesBecomeOneOperation(square: String) throws {
        let result = try rewritten(square)
        #expect(result.operations == ["squaredDifference"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func differencesWithOtherReadersStay() throws {
        #expect(
            try rewritten("square(d)", outputs: "output y\noutput d").operations
                == ["subtract", "square"])
        #expect(try rewritten("multiply(d, a)").operations == ["subtract", "multiply"])
        #expect(try rewritten("abs(d)").operations == ["subtract", "abs"])
    }
}
