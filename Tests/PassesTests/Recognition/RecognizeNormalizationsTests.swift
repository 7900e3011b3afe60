import GraphIR
import Passes
import Testing

struct RecognizeNormalizationsTests {
    private func rewritten(_ lines: String) throws -> Rewriting {
        try Rewriting(
            """
            input x: float32[3,4,5]
            constant tiny: float32[] = fill(1e-12)
            constant small: float32[] = fill(1e-6)
            m = reduce(x) {kind: max, axes: [2], keepDimensions: true}
            d = subtract(x, m)
            e = exp(d)
            s = reduce(e) {kind: sum, axes: [2], keepDimensions: true}
            raw = exp(x)
            sum = reduce(raw) {kind: sum, axes: [2], keepDimensions: true}
            other = reduce(raw) {kind: sum, axes: [1], keepDimensions: true}
            q = square(x)
            n = reduce(q) {kind: sum, axes: [2], keepDimensions: true}
            \(lines)
            output y
            """, RecognizeSoftmax(), RecognizeL2Normalization(), RemoveDeadCode())
    }

    @Test(arguments: [
        ("2", ["square"]), ("0.5", ["sqrt"]), ("-0.5", ["rsqrt"]), ("-1", ["divide"]),
        ("3", ["power"]), ("0.25", ["power"]),
    ])
    func powers(exponent: String, operations: [String]) throws {
        let result = try Rewriting(
            """
            input z: float32[3,4,5]
            constant half: float32[] = fill(0.5)
            constant c: float32[1] = fill(\(exponent))
            a = abs(z)
            x = add(a, half)
            y = power(x, c)
            output y
            """, RecognizePowers())
        #expect(result.operations == ["abs", "add"] + operations)
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        ("y = divide(e, s)", "softmax"),
        ("y = divide(raw, sum)", "softmax"),
        ("p = softmax(x)\ny = log(p)", "logSoftmax"),
        ("l = log(sum)\ny = subtract(x, l)", "logSoftmax"),
        ("l = log(s)\ny = subtract(d, l)", "logSoftmax"),
        ("l = log(s)\na = add(m, l)\ny = subtract(x, a)", "logSoftmax"),
        ("l = log(s)\na = add(l, m)\ny = subtract(x, a)", "logSoftmax"),
        ("b = maximum(n, tiny)\nr = rsqrt(b)\ny = multiply(x, r)", "l2Normalization"),
        ("b = maximum(tiny, n)\nr = sqrt(b)\ny = divide(x, r)", "l2Normalization"),
        ("r = sqrt(n)\nb = maximum(r, small)\ny = divide(x, b)", "l2Normalization"),
    ])
    func spellings(lines: String, operation: String) throws {
        let result = try rewritten(lines)
        #expect(result.operations == [operation])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        "y = divide(raw, other)", "p = sigmoid(x)\ny = log(p)",
        "y = divide(raw, s)", "y = divide(e, sum)",
        "y = divide(s, e)", "y = divide(d, s)", "l = log(s)\ny = subtract(x, l)",
        "b = maximum(n, small)\nr = rsqrt(b)\ny = multiply(x, r)",
        "b = maximum(n, tiny)\nr = rsqrt(b)\ny = multiply(d, r)",
    ])
    func othersStay(lines: String) throws {
        let names = try rewritten(lines).operations
        #expect(
            !names.contains("softmax") && !names.contains("logSoftmax")
                && !names.contains("l2Normalization"))
    }
}
