import GraphIR
import Passes
import Testing

@Suite struct SinkTransposesTests {
    /// Square extents, so that a wrong axis shows in numbers only.
    static let head = """
        input x: float32[4,4,4,4]
        input z: float32[4,4,4,4]
        \(batchNormParameters(4))
        constant k: float32[4] = random(1)
        constant c: float32[4,1,1] = random(2)
        constant w: float32[1,4,4,4] = random(3)
        t = transpose(x) {permutation: [0, 3, 1, 2]}
        u = transpose(z) {permutation: [0, 3, 1, 2]}

        """

    @Test(arguments: [
        "o = relu(t)", "o = leakyReLU(t) {alpha: 0.2}", "o = gelu(t)", "o = add(t, k)",
        "o = subtract(c, t)", "o = multiply(t, w)", "o = add(t, u)", "o = prelu(t, c)",
        "o = batchNormalization(t, g, be, m, v) {axis: 1, epsilon: 0.001}",
        "o = batchNormalization(t, g, be, m, v) {axis: 2, epsilon: 0.001}",
        "o = concatenate(t, u, w, t) {axis: 0}", "o = concatenate(t, u) {axis: 1}",
        "o = pad(t) {amounts: [[0, 0], [0, 0], [1, 2], [3, 0]], value: 0.0}",
        "o = mirrorPad(t) {amounts: [[0, 0], [1, 0], [0, 2], [0, 0]], mode: reflect}",
        "o = slice(t) {begin: [0, 1, 0, 2], sizes: [4, 2, -1, 1], strides: [1, 1, 3, 1]}",
        "o = tile(t) {multiples: [1, 2, 3, 1]}", "o = reverse(t) {axes: [1, 2]}",
        "o = reduce(t) {kind: max, axes: [1], keepDimensions: true}",
        "a = exp(t)\nb = tanh(t)\no = multiply(a, b)",
        "s = reduce(t) {kind: mean, axes: [2, 3], keepDimensions: true}\no = multiply(t, s)",
    ])
    func cancelsWithTheTransposeBehind(lines: String) throws {
        let result = try sink(lines + "\ny = transpose(o) {permutation: [0, 2, 3, 1]}")
        #expect(!result.operations.contains("transpose"))
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        ("y = reduce(t) {kind: mean, axes: [2, 3]}", ["reduce"]),
        ("y = reduce(t) {kind: sum, axes: [1]}", ["reduce"]),
        ("y = reduce(t) {kind: sum, axes: [0, 3]}", ["reduce", "transpose"]),
        ("y = softmax(t)", ["transpose", "softmax"]),
        ("s = reshape(t) {shape: [4, 64]}\ny = relu(s)", ["transpose", "reshape", "relu"]),
        ("y = add(t, z)", ["transpose", "add"]),
        ("a = relu(t)\nb = softmax(t)\ny = add(a, b)", ["transpose", "relu", "softmax", "add"]),
        ("y = relu(t)\noutput t", ["transpose", "relu"]),
    ])
    func movesOnlyWhereExact(lines: String, operations: [String]) throws {
        let result = try sink(lines)
        #expect(result.operations == operations)
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func reordersTheWeightsOfADenseLayer() throws {
        let text = """
            input x: float32[?,3,4,5]
            constant w: float32[7,60] = random(1)
            constant b: float32[7] = random(2)
            t = transpose(x) {permutation: [0, 3, 1, 2]}
            f = reshape(t) {shape: [-1, 60]}
            y = fullyConnected(f, w, b)
            output y
            """
        let result = try Rewriting(text, FoldTransposeIntoDense())
        #expect(result.operations == ["reshape", "fullyConnected"])
        #expect(try result.relativeError() < roundingTolerance)
        let read = try Rewriting(text + "\noutput f", FoldTransposeIntoDense())
        #expect(read.report.firings == 0)
    }

    @Test func unitAxesMoveByReshape() throws {
        for (shape, permutation, name) in [
            ("[2,1,1,5]", "[0, 3, 1, 2]", "reshape"), ("[?,1,3]", "[1, 0, 2]", "reshape"),
            ("[2,2,1,5]", "[0, 3, 1, 2]", "transpose"), ("[?,?,1]", "[2, 0, 1]", "transpose"),
        ] {
            let result = try Rewriting(
                "input x: float32\(shape)\ny = transpose(x) {permutation: \(permutation)}\noutput y",
                TurnTransposesIntoReshapes())
            #expect(result.operations == [name])
            #expect(try result.relativeError() == 0)
        }
    }

    private func sink(_ lines: String) throws -> Rewriting {
        try Rewriting(
            Self.head + lines + "\noutput y", RemoveDeadCode(), SinkTransposes(), MergeTransposes())
    }
}

@Suite struct SinkReshapesTests {
    @Test(arguments: [
        ("o = relu(r)", true), ("o = add(r, k)", true), ("o = multiply(s, r)", true),
        ("o = subtract(r, q)", true), ("o = prelu(r, k)", true),
        ("o = batchNormalization(r, g, be, m, v) {axis: 2, epsilon: 0.001}", true),
        ("o = batchNormalization(r, g, be, m, v) {axis: 1, epsilon: 0.001}", true),
        ("o = concatenate(r, q) {axis: 2}", true), ("o = concatenate(r, q) {axis: 1}", true),
        ("o = pad(r) {amounts: [[0, 0], [2, 0], [0, 1]], value: 1.0}", true),
        ("o = add(r, column)", false), ("o = add(r, wide)", false), ("o = softmax(r)", true),
        ("o = concatenate(r, z) {axis: 2}", false), ("o = add(r, z)", false),
    ])
    func cancelsWithTheReshapeBehind(line: String, cancels: Bool) throws {
        let result = try Rewriting(
            """
            input x: float32[?,1,4,4]
            input p: float32[?,1,4,4]
            input z: float32[?,4,4]
            \(batchNormParameters(4))
            constant k: float32[4] = random(1)
            constant s: float32[1,1,1] = random(2)
            constant column: float32[4,1] = random(3)
            constant wide: float32[2,1,4,4] = random(3)
            r = reshape(x) {shape: [-1, 4, 4]}
            q = reshape(p) {shape: [-1, 4, 4]}
            \(line)
            y = exp(o)
            output y
            """, RemoveDeadCode(), SinkReshapes(), MergeReshapes())
        #expect((result.operations.last == "reshape") == cancels)
        #expect(
            result.operations.count { $0 == "reshape" } == (line.contains("q") && !cancels ? 2 : 1))
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func aReshapeOfSeveralAxesKeepsOnlyWholeAxes() throws {
        for (line, moves) in [
            ("o = batchNormalization(r, g, be, m, v) {axis: 2, epsilon: 0.001}", false),
            ("o = concatenate(r, r) {axis: 1}", false), ("o = relu(r)", true),
            ("o = pad(r) {amounts: [[0, 0], [0, 0], [1, 0]], value: 0.0}", false),
        ] {
            let result = try Rewriting(
                """
                input x: float32[2,4,4]
                \(batchNormParameters(8))
                r = reshape(x) {shape: [2, 2, 8]}
                \(line)
                output o
                """, SinkReshapes())
            #expect((result.operations.last == "reshape") == moves)
            #expect(try result.relativeError() < roundingTolerance)
        }
    }

    @Test func chainsOfOneDimensionalLayersStayFourDimensional() throws {
        let graph = try Graph(
            parsing: """
                input x: float32[?,16,4]
                \(batchNormParameters(4))
                constant w: float32[4,1,3,4] = random(1)
                a = reshape(x) {shape: [-1, 1, 16, 4]}
                b = conv2D(a, w) {padding: same}
                c = reshape(b) {shape: [-1, 16, 4]} @layer "conv1"
                d = batchNormalization(c, g, be, m, v) {axis: 2, epsilon: 0.001} @layer "bn1"
                e = relu(d) @layer "relu1"
                f = reshape(e) {shape: [-1, 1, 16, 4]}
                h = conv2D(f, w) {padding: same}
                i = reshape(h) {shape: [-1, 16, 4]} @layer "conv2"
                j = add(i, e) @layer "add"
                k = reshape(j) {shape: [-1, 64]} @layer "flatten"
                output k
                """)
        let result = try Rewriting(graph)
        #expect(try result.relativeError() < roundingTolerance)
        #expect(result.operations == ["reshape", "conv2D", "conv2D", "add", "reshape"])
    }
}
