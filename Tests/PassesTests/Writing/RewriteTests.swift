import GraphIR
import Passes
import Testing

@Suite struct RewriteBatchNormalizationTests {
    @Test(arguments: [
        ("float32[?,3,4,5]", 3, 5, ["depthwiseConv2D"]),
        ("float32[4,4,4,4]", 1, 4, ["multiply", "add"]),
        ("float32[4,1,4,4]", 1, 1, ["depthwiseConv2D"]),
        ("float32[4,4,4]", 2, 4, ["multiply", "add"]),
        ("float32[4,4]", 1, 4, ["multiply", "add"]),
        ("float32[4,4]", 0, 4, ["multiply", "add"]),
    ])
    func rewrites(input: String, axis: Int, channels: Int, operations: [String]) throws {
        let result = try Rewriting(
            """
            input x: \(input)
            \(batchNormParameters(channels))
            y = batchNormalization(x, g, be, m, v) {axis: \(axis), epsilon: 0.001} @layer "bn"
            output y
            """, RewriteBatchNormalization())
        #expect(result.operations == operations)
        #expect(try result.relativeError() < roundingTolerance)
        #expect(result.after.text.contains("@layer \"bn\""))
    }

    @Test func saysWhyNormalizationsWereLeft() throws {
        let graph = try Graph(
            parsing: """
                input x: float32[1,4,4,4]
                \(batchNormParameters(4))
                constant w: float32[4,1,1,4] = random(1)
                c = conv2D(x, w) @layer "c"
                a = batchNormalization(c, g, be, m, v) {axis: 3, epsilon: 0.001} @layer "folded"
                b = batchNormalization(a, g, be, m, v) {axis: 3, epsilon: 0.001} @layer "merged"
                d = conv2D(b, w) @layer "d"
                n = batchNormalization(d, g, be, m, v) {axis: 3, epsilon: 0.001} @layer "left"
                r = relu(n)
                y = add(d, r)
                output y
                """)
        let result = try Rewriting(graph)
        #expect(result.batchNormalizations.total == 3)
        let left = result.batchNormalizations.remaining
        #expect(left == [.init(layer: "left", reason: "its conv2D 'd' has 2 uses")])
        #expect(result.operations == ["conv2D", "depthwiseConv2D", "add"])
        #expect(try result.relativeError() < roundingTolerance)
    }
}

@Suite struct RewritePaddingTests {
    @Test(arguments: [
        ("[[0, 0], [0, 1], [0, 1], [0, 0]]", "conv2D(p, w) {strides: 2x2}", "conv2D"),
        ("[[0, 0], [1, 1], [1, 1], [0, 0]]", "conv2D(p, w)", "conv2D"),
        ("[[0, 0], [2, 2], [2, 2], [0, 0]]", "conv2D(p, w) {dilations: 2x2}", "conv2D"),
        (
            "[[0, 0], [0, 1], [0, 1], [0, 0]]", "depthwiseConv2D(p, d) {strides: 2x2}",
            "depthwiseConv2D"
        ),
        (
            "[[0, 0], [0, 1], [0, 1], [0, 0]]",
            "pool2D(p) {kind: max, window: 3x3, strides: 2x2}", "pool2D"
        ),
    ])
    func becomesSame(amounts: String, operation: String, name: String) throws {
        let result = try rewrite("r", amounts, operation)
        #expect(result.operations == ["relu", name])
        #expect(result.attributes(of: name).contains("padding: same"))
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        // Symmetric padding of an even extent with stride 2 is not SAME.
        ("r", "[[0, 0], [1, 1], [1, 1], [0, 0]], value: 0.0", "conv2D(p, w) {strides: 2x2}"),
        ("r", "[[0, 0], [1, 0], [1, 0], [0, 0]], value: 0.0", "conv2D(p, w) {strides: 2x2}"),
        ("r", "[[0, 0], [0, 1], [0, 0], [0, 0]], value: 0.0", "conv2D(p, w) {strides: 2x2}"),
        ("r", "[[0, 0], [1, 1], [1, 1], [0, 0]], value: 1.0", "conv2D(p, w)"),
        ("r", "[[0, 0], [1, 1], [1, 1], [0, 0]], value: 0.0", "conv2D(p, w) {padding: same}"),
        // A maximum of negative numbers and zeros is zero.
        (
            "x", "[[0, 0], [0, 1], [0, 1], [0, 0]], value: 0.0",
            "pool2D(p) {kind: max, window: 3x3, strides: 2x2}"
        ),
        // An average counts padded zeros.
        (
            "r", "[[0, 0], [0, 1], [0, 1], [0, 0]], value: 0.0",
            "pool2D(p) {kind: average, window: 3x3, strides: 2x2}"
        ),
        // Extents must be known.
        ("z", "[[0, 0], [1, 1], [1, 1], [0, 0]], value: 0.0", "conv2D(p, w)"),
    ])
    func leavesAlone(input: String, amounts: String, operation: String) throws {
        let result = try Rewriting(program(input, amounts, operation), RewritePadding())
        #expect(result.report.firings == 0)
    }

    private func rewrite(_ input: String, _ amounts: String, _ operation: String) throws
        -> Rewriting
    {
        try Rewriting(program(input, amounts + ", value: 0.0", operation), RewritePadding())
    }

    private func program(_ input: String, _ amounts: String, _ operation: String) -> String {
        """
        input x: float32[2,8,8,3]
        input z: float32[2,?,8,3]
        constant w: float32[3,3,3,3] = random(1)
        constant d: float32[1,3,3,3] = random(2)
        r = relu(x)
        p = pad(\(input)) {amounts: \(amounts)}
        y = \(operation)
        output y
        """
    }
}

@Suite struct RecognitionTests {
    @Test(arguments: [
        "a = add(x, three)\nb = relu6(a)\nc = multiply(b, sixth)\ny = multiply(x, c)",
        "a = add(three, x)\nb = relu6(a)\nc = multiply(x, b)\ny = divide(c, six)",
        "a = add(x, three)\nr = relu(a)\nb = minimum(r, six)\nc = divide(b, six)\ny = multiply(c, x)",
        "a = subtract(x, minusThree)\nb = relu6(a)\nc = multiply(sixth, x)\ny = multiply(b, c)",
        "s = multiply(x, sixth)\na = add(s, half)\nb = relu0To1(a)\ny = multiply(x, b)",
    ])
    func findsHardSwish(lines: String) throws {
        let result = try Rewriting(program(lines), RecognizeClamps(), RecognizeFunctions())
        #expect(result.operations == ["hardSwish"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        "a = add(x, half)\nb = relu6(a)\nc = multiply(b, sixth)\ny = multiply(x, c)",
        "a = add(x, three)\nb = relu6(a)\nc = multiply(b, half)\ny = multiply(x, c)",
        "a = add(x, three)\nb = relu6(a)\nc = multiply(b, sixth)\ny = multiply(a, c)",
        "a = add(x, three)\nb = relu(a)\nc = multiply(b, sixth)\ny = multiply(x, c)",
        "a = add(x, three)\nb = relu6(a)\ny = multiply(b, sixth)",
    ])
    func leavesAloneOtherProducts(lines: String) throws {
        #expect(try Rewriting(program(lines), RecognizeFunctions()).report.firings == 0)
    }

    @Test(arguments: [
        ("y = maximum(x, zero)", ["relu"]), ("y = maximum(zero, x)", ["relu"]),
        ("a = relu(x)\ny = minimum(a, six)", ["relu6"]),
        ("a = minimum(x, six)\ny = maximum(a, zero)", ["relu6"]),
        ("a = minimum(x, one)\ny = maximum(a, minusOne)", ["reluN1To1"]),
        ("a = maximum(x, minusOne)\ny = minimum(a, one)", ["reluN1To1"]),
        ("y = minimum(x, six)", ["minimum"]), ("y = maximum(x, one)", ["maximum"]),
        ("a = relu(x)\ny = minimum(a, three)", ["relu", "minimum"]),
        ("a = minimum(x, minusOne)\ny = maximum(a, zero)", ["minimum", "relu"]),
        ("y = maximum(x, x)", ["maximum"]),
    ])
    func findsClamps(lines: String, operations: [String]) throws {
        let result = try Rewriting(program(lines), RecognizeClamps())
        #expect(result.operations == operations)
        #expect(try result.relativeError() < roundingTolerance)
    }

    private func program(_ lines: String) -> String {
        """
        input x: float32[2,50]
        constant zero: float32[] = [0]
        constant half: float32[1] = [0.5]
        constant one: float32[] = [1]
        constant minusOne: float32[] = [-1]
        constant three: float32[] = [3]
        constant minusThree: float32[1] = [-3]
        constant six: float32[] = [6]
        constant sixth: float32[] = [0.16666667]
        \(lines)
        output y
        """
    }
}

@Suite struct LiftReshapesTests {
    @Test(arguments: [
        ("y = tanh(a)", ["tanh"]), ("y = softmax(a)", ["softmax"]),
        ("c = multiply(a, k)\ny = relu(c)", ["multiply", "relu"]), ("y = add(a, b)", ["add"]),
        (
            "c = tanh(a)\nd = multiply(c, b)\ny = gelu(d) {approximate: false}",
            ["tanh", "multiply", "gelu"]
        ),
    ])
    func movesToSlices(lines: String, functions: [String]) throws {
        let result = try rewritten(lines)
        let slices = lines.contains("b)") ? ["slice", "slice"] : ["slice"]
        #expect(
            result.operations.filter { $0 != "reshape" }.sorted() == (slices + functions).sorted())
        #expect(result.operations.last == functions.last)
        #expect(try result.relativeError() == 0)
    }

    @Test(arguments: [
        "y = tanh(x)", "y = add(a, z)", "y = multiply(a, wide)", "y = tanh(a)\noutput a",
        "c = tanh(a)\ny = add(c, c)",
    ])
    func leavesAlone(lines: String) throws {
        let result = try rewritten(lines, lines.contains("(x)") ? "[-1, 12]" : "[-1, 4]")
        #expect(result.operations.last == "reshape")
    }

    private func rewritten(_ lines: String, _ shape: String = "[-1, 4]") throws -> Rewriting {
        try Rewriting(
            """
            input x: float32[?,3,4]
            input z: float32[?,1,4]
            constant k: float32[4] = random(1)
            constant wide: float32[1,1,4] = random(1)
            a = slice(x) {begin: [0, 2, 0], sizes: [-1, 1, -1], strides: [1, 1, 1]}
            b = slice(x) {begin: [0, 0, 0], sizes: [-1, 1, -1], strides: [1, 1, 1]}
            \(lines)
            r = reshape(y) {shape: \(shape)}
            output r
            """, LiftReshapes(), RemoveDeadCode())
    }
}

@Suite struct RewriteRowResizesTests {
    @Test func findsRowsBehindFunctionsAndOtherShapes() throws {
        let result = try Rewriting(
            """
            input x: float32[?,3,4,1]
            a = reshape(x) {shape: [-1, 1, 3, 4]}
            b = resize(a) {kind: nearest, size: 1x6, coordinates: halfPixel}
            c = relu(b)
            y = reshape(c) {shape: [-1, 6, 4]}
            output y
            """, LiftReshapes(), RewriteRowResizes())
        #expect(result.operations == ["reshape", "gather", "relu"])
        #expect(try result.relativeError() == 0)
    }

    @Test(arguments: [
        ("[-1, 3, 1, 4]", "6x1", "asymmetric", 6), ("[-1, 1, 3, 4]", "1x9", "halfPixel", 9),
    ])
    func picksRows(image: String, size: String, coordinates: String, length: Int) throws {
        let result = try rewritten(image, size, coordinates, length)
        #expect(result.operations == ["gather"])
        #expect(try result.relativeError() == 0)
    }

    @Test(arguments: [
        ("[-1, 3, 1, 4]", "7x1", "halfPixel", 7), ("[-1, 3, 1, 4]", "6x1", "alignCorners", 6),
        ("[-1, 1, 3, 4]", "2x3", "halfPixel", 6), ("[-1, 3, 1, 4]", "999x1", "halfPixel", 999),
    ])
    func leavesAlone(image: String, size: String, coordinates: String, length: Int) throws {
        let result = try rewritten(image, size, coordinates, length)
        #expect(result.report.firings == 0)
    }

    private func rewritten(
        _ image: String, _ size: String, _ coordinates: String, _ length: Int
    ) throws -> Rewriting {
        try Rewriting(
            """
            input x: float32[?,3,4]
            a = reshape(x) {shape: \(image)}
            b = resize(a) {kind: nearest, size: \(size), coordinates: \(coordinates)}
            y = reshape(b) {shape: [-1, \(length), 4]}
            output y
            """, RewriteRowResizes())
    }
}
