import GraphIR
import Passes
import Testing

/// What a scale and a shift pass on their way to a layer that takes them up, one operation at a time.
@Suite struct CarrierTests {
    /// Lines that make `p` from the result `c` of a convolution, a function of `p`, and the operations that stay.
    @Test(arguments: [
        ("p = relu(c)", "multiply(p, positive)", ["conv2D", "relu"]),
        ("p = abs(c)", "multiply(p, two)", ["conv2D", "abs"]),
        ("p = leakyReLU(c) {alpha: 0.2}", "multiply(p, positive)", ["conv2D", "leakyReLU"]),
        ("p = prelu(c, any)", "divide(p, positive)", ["conv2D", "prelu"]),
        ("p = pool2D(c) {kind: max, window: 2x2}", "multiply(p, positive)", ["conv2D", "pool2D"]),
        ("p = pool2D(c) {kind: average, window: 2x2}", "add(p, any)", ["conv2D", "pool2D"]),
        (
            "p = transpose(c) {permutation: [0, 3, 1, 2]}", "multiply(p, column)",
            ["conv2D", "transpose"]
        ),
        ("p = reshape(c) {shape: [2, 36, 4]}", "add(p, any)", ["conv2D", "reshape"]),
        ("p = concatenate(c, d) {axis: 3}", "add(p, wide)", ["conv2D", "conv2D", "concatenate"]),
        ("p = concatenate(c, d) {axis: 1}", "add(p, any)", ["conv2D", "conv2D", "concatenate"]),
        ("p = add(c, d)", "add(p, any)", ["conv2D", "conv2D", "add"]),
        ("p = subtract(c, d)", "subtract(any, p)", ["conv2D", "conv2D", "subtract"]),
        ("p = multiply(c, x)", "multiply(p, two)", ["conv2D", "multiply"]),
        (
            "p = pad(c) {amounts: [[0, 0], [1, 1], [1, 0], [0, 0]], value: 0.0}",
            "multiply(p, any)", ["conv2D", "pad"]
        ),
        (
            "p = pad(c) {amounts: [[0, 0], [1, 1], [1, 0], [0, 0]], value: -1.0}",
            "add(p, one)", ["conv2D", "pad"]
        ),
        (
            "p = pad(c) {amounts: [[0, 0], [1, 1], [1, 0], [0, 0]], value: 3.0}",
            "subtract(one, p)", ["conv2D", "pad"]
        ),
    ])
    func backwards(carrier: String, function: String, operations: [String]) throws {
        let result = try rewritten(
            "c = conv2D(x, w)\nd = conv2D(x, v)\n\(carrier)\ny = \(function)")
        #expect(result.operations == operations)
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        ("p = relu(c)", "multiply(p, any)"), ("p = relu(c)", "add(p, one)"),
        ("p = relu6(c)", "multiply(p, two)"),
        ("p = prelu(c, any)", "subtract(one, p)"),
        ("p = maximum(c, d)", "multiply(p, any)"),
        ("p = concatenate(c, x) {axis: 3}", "multiply(p, wide)"),
        ("p = pad(c) {amounts: [[0, 0], [1, 1], [1, 0], [0, 0]], value: 0.0}", "add(p, one)"),
        ("p = pad(c) {amounts: [[0, 0], [1, 1], [1, 0], [0, 0]], value: 2.0}", "add(p, any)"),
    ])
    func staysBehind(carrier: String, function: String) throws {
        let result = try rewritten(
            "c = conv2D(x, w)\nd = conv2D(x, v)\n\(carrier)\ny = \(function)")
        #expect(result.operations.last == String(function.prefix { $0 != "(" }))
    }

    /// Lines that make `p` from the function's result `n`, and the operations that stay before the convolution `y` of `p`.
    @Test(arguments: [
        ("n = multiply(x, positive)\np = relu(n)", ["relu"]),
        ("n = multiply(x, positive)\np = prelu(n, any)", ["prelu"]),
        ("n = add(x, any)\np = reverse(n) {axes: [1]}", ["reverse"]),
        ("n = add(x, any)\np = pool2D(n) {kind: max, window: 2x2}", ["pool2D"]),
        (
            "n = add(x, one)\np = pad(n) {amounts: [[0, 0], [1, 1], [1, 0], [0, 0]], value: 2.0}",
            ["pad"]
        ),
        (
            "n = multiply(x, any)\np = pad(n) {amounts: [[0, 0], [1, 1], [1, 0], [0, 0]], value: 0.0}",
            ["pad"]
        ),
    ])
    func forwards(lines: String, operations: [String]) throws {
        let result = try rewritten("\(lines)\ny = conv2D(p, w)")
        #expect(result.operations == operations + ["conv2D"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    /// Behind a concatenation, the other channels keep their weights.
    @Test(arguments: [
        ("n = multiply(x, any)\np = concatenate(n, z) {axis: 3}", "conv2D(p, u)"),
        ("n = add(x, any)\np = concatenate(z, n) {axis: 3}", "conv2D(p, u)"),
        ("n = multiply(x, two)\np = concatenate(z, n) {axis: 3}", "conv2D(p, u) {padding: same}"),
        (
            "n = multiply(x, any)\nq = concatenate(n, z) {axis: 3}\nr = concatenate(z, q) {axis: 3}\np = relu(r)",
            "conv2D(p, long)"
        ),
        (
            "n = multiply(x, positive)\nq = concatenate(z, n) {axis: 3}\np = relu(q)",
            "depthwiseConv2D(p, deep)"
        ),
        (
            "n = add(x, any)\nq = concatenate(z, n) {axis: 3}\np = reshape(q) {shape: [2, 216]}",
            "fullyConnected(p, matrix)"
        ),
        (
            "n = multiply(x, two)\nq = concatenate(z, x, n) {axis: 3}\np = reduce(q) {kind: mean, axes: [1, 2]}",
            "fullyConnected(p, small)"
        ),
    ])
    func throughConcatenations(lines: String, layer: String) throws {
        let result = try rewritten("\(lines)\ny = \(layer)")
        let isNegative = lines.contains("any") && lines.contains("relu")
        #expect(result.report.firings > 0 || isNegative)
        #expect(result.operations.contains("multiply") == isNegative)
        #expect(!result.operations.contains("add"))
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        // Another axis, weights shared by groups, a reader besides, and a border that the shift would change.
        "n = add(x, any)\np = concatenate(n, x) {axis: 1}\ny = conv2D(p, w)",
        "n = multiply(x, any)\np = concatenate(n, z) {axis: 3}\ny = conv2D(p, grouped)",
        "n = multiply(x, any)\np = concatenate(n, z) {axis: 3}\ny = conv2D(p, u)\noutput n",
        "n = add(x, any)\np = concatenate(n, z) {axis: 3}\ny = conv2D(p, u) {padding: same}",
        "n = batchNormalization(x, g, be, m, v0) {axis: 3, epsilon: 0.1}\np = relu(n)\ny = conv2D(p, w)",
    ])
    func staysBefore(lines: String) throws {
        #expect(try rewritten(lines).report.firings == 0)
    }

    @Test(arguments: [
        ("a = conv2D(n, w)\nb = conv2D(n, v)\ny = multiply(a, b)", true),
        ("p = relu(n)\na = conv2D(p, w)\nb = conv2D(n, v)\ny = multiply(a, b)", false),
        ("a = conv2D(n, w)\ny = multiply(a, n)", false),
        ("a = conv2D(n, w)\nb = conv2D(n, v)\ny = multiply(a, b)\noutput n", false),
        (
            "p = reshape(n) {shape: [2, 36, 4]}\na = fullyConnected(p, square)\nb = conv2D(n, v)\nc = reshape(b) {shape: [2, 36, 4]}\ny = add(a, c)",
            true
        ),
    ])
    func intoSeveralReaders(lines: String, folds: Bool) throws {
        let result = try rewritten(
            "n = batchNormalization(x, g, be, m, v0) {axis: 3, epsilon: 0.1}\n\(lines)",
            FoldIntoConsumers())
        #expect(result.operations.contains("batchNormalization") != folds)
        #expect(try result.relativeError() < roundingTolerance)
    }

    private func rewritten(_ lines: String) throws -> Rewriting {
        try rewritten(
            lines, FoldArithmetic(), FoldBatchNormalization(), FoldIntoConsumer(), RemoveDeadCode())
    }

    private func rewritten(_ lines: String, _ passes: any Pass...) throws -> Rewriting {
        let graph = try Graph(
            parsing: """
                input x: float32[2,6,6,4]
                input z: float32[2,6,6,2]
                constant w: float32[4,1,1,4] = random(1)
                constant v: float32[4,1,1,4] = random(2)
                constant u: float32[3,3,3,6] = random(3)
                constant long: float32[3,1,1,8] = random(3)
                constant deep: float32[1,3,3,6] = random(3)
                constant grouped: float32[4,1,1,3] = random(3)
                constant matrix: float32[3,216] = random(4)
                constant small: float32[3,10] = random(4)
                constant square: float32[4,4] = random(4)
                constant positive: float32[4] = random(5, 0.5, 2)
                constant any: float32[4] = random(6, -2, 2)
                constant wide: float32[8] = random(7)
                constant column: float32[4,1,1] = random(8, -2, 2)
                constant one: float32[] = [1]
                constant two: float32[] = [2]
                constant g: float32[4] = random(101, 0.5, 1.5)
                constant be: float32[4] = random(102)
                constant m: float32[4] = random(103)
                constant v0: float32[4] = random(104, 0.2, 2)
                \(lines)
                output y
                """)
        return try Rewriting(graph, stages: [passes])
    }
}
