import Passes
import Testing

/// Cases are lines between input `x` and output `y`; batch normalization takes `(…, g, be, m, v)`.
@Suite struct FoldBatchNormalizationTests {
    /// A square filter hides a factor on the wrong axis from shape checks, so that every filter here is square.
    @Test(arguments: [
        (
            "x: float32[?,5,5,4]", 4,
            """
            constant w: float32[4,3,3,4] = random(1)
            c = conv2D(x, w) {padding: same, strides: 2x2} @layer "c"
            y = batchNormalization(c, g, be, m, v) {axis: 3, epsilon: 0.001} @layer "bn"
            """, ["conv2D"]
        ),
        (
            "x: float32[?,5,5,4]", 4,
            """
            constant w: float32[4,3,3,2] = random(1)
            constant b: float32[4] = random(2)
            c = conv2D(x, w, b) {dilations: 2x2}
            y = batchNormalization(c, g, be, m, v) {axis: 3, epsilon: 0.001}
            """, ["conv2D"]
        ),
        (
            "x: float32[1,5,5,4]", 8,
            """
            constant w: float32[1,3,3,8] = random(1)
            c = depthwiseConv2D(x, w)
            y = batchNormalization(c, g, be, m, v) {axis: 3, epsilon: 0.001}
            """, ["depthwiseConv2D"]
        ),
        (
            "x: float32[1,3,3,4]", 4,
            """
            constant w: float32[4,3,3,4] = random(1)
            constant b: float32[4] = random(2)
            c = transposeConv2D(x, w, b) {strides: 2x2, padding: same, size: 6x6}
            y = batchNormalization(c, g, be, m, v) {axis: 3, epsilon: 0.001}
            """, ["transposeConv2D"]
        ),
        (
            "x: float32[1,3,3,3,3]", 3,
            """
            constant w: float32[3,3,3,3,3] = random(1)
            c = conv3D(x, w) {padding: same}
            y = batchNormalization(c, g, be, m, v) {axis: 4, epsilon: 0.001}
            """, ["conv3D"]
        ),
        (
            "x: float32[1,3,3,3,3]", 3,
            """
            constant w: float32[3,3,3,3,3] = random(1)
            c = transposeConv3D(x, w) {strides: 2x2x2, padding: same, size: 6x6x6}
            y = batchNormalization(c, g, be, m, v) {axis: 4, epsilon: 0.001}
            """, ["transposeConv3D"]
        ),
        (
            "x: float32[?,4,4]", 4,
            """
            constant w: float32[4,4] = random(1)
            c = fullyConnected(x, w)
            y = batchNormalization(c, g, be, m, v) {axis: 2, epsilon: 0.001}
            """, ["fullyConnected"]
        ),
    ])
    func foldsIntoEveryLinearOperation(
        input: String, channels: Int, body: String, operations: [String]
    ) throws {
        let result = try fold(input, channels, body)
        #expect(result.operations == operations)
        #expect(try result.relativeError() < roundingTolerance)
        #expect(result.batchNormalizations.remaining.isEmpty)
        #expect(result.batchNormalizations.total == 1)
    }

    @Test(arguments: [
        ("p = pool2D(c) {kind: average, window: 2x2, padding: same}", "{axis: 3", "pool2D"),
        ("p = pool2D(c) {kind: max, window: 2x2}", "{axis: 3", "pool2D"),
        ("p = reduce(c) {kind: mean, axes: [1, 2]}", "{axis: 1", "reduce"),
        ("p = reduce(c) {kind: mean, axes: [1], keepDimensions: true}", "{axis: 3", "reduce"),
        ("p = reshape(c) {shape: [-1, 16, 4]}", "{axis: 2", "reshape"),
        ("p = transpose(c) {permutation: [0, 3, 1, 2]}", "{axis: 1", "transpose"),
    ])
    func passesOperationsThatCommute(line: String, attributes: String, name: String) throws {
        let result = try fold(
            "x: float32[?,4,4,4]", 4,
            """
            constant w: float32[4,3,3,4] = random(1)
            c = conv2D(x, w) {padding: same}
            \(line)
            y = batchNormalization(p, g, be, m, v) \(attributes), epsilon: 0.001}
            """)
        #expect(result.operations == ["conv2D", name])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func foldsIntoBothSidesOfConcatenationsAndSums() throws {
        for (line, channels) in [("concatenate(c, d) {axis: 3}", 8), ("add(c, d)", 4)] {
            let result = try fold(
                "x: float32[1,4,4,4]", channels,
                """
                constant w: float32[4,1,1,4] = random(1)
                constant u: float32[4,1,1,4] = random(2)
                c = conv2D(x, w)
                d = conv2D(x, u)
                j = \(line)
                y = batchNormalization(j, g, be, m, v) {axis: 3, epsilon: 0.001}
                """)
            #expect(!result.operations.contains("batchNormalization"))
            #expect(result.operations.count == 3)
            #expect(try result.relativeError() < roundingTolerance)
        }
    }

    @Test(arguments: [
        // The convolution has another reader.
        ("c = conv2D(x, w)", "c", "{axis: 3", "output c \"c\""),
        // The convolution has an activation.
        ("c = conv2D(x, w) {activation: relu}", "c", "{axis: 3", ""),
        // The normalization runs along another axis of the same extent.
        ("c = conv2D(x, w)", "c", "{axis: 1", ""),
        ("c = conv2D(x, w)", "c", "{axis: 2", ""),
        // The zeros of the border would have to change.
        (
            "c = conv2D(x, w)\np = pad(c) {amounts: [[0, 0], [1, 1], [1, 1], [0, 0]], value: 0.0}",
            "p",
            "{axis: 3", ""
        ),
        // ReLU does not commute.
        ("c = conv2D(x, w)\np = relu(c)", "p", "{axis: 3", ""),
        // A sum with something that is not linear.
        ("c = conv2D(x, w)\np = add(c, x)", "p", "{axis: 3", ""),
    ])
    func leavesAlone(line: String, input: String, attributes: String, output: String) throws {
        let result = try fold(
            "x: float32[1,4,4,4]", 4,
            """
            constant w: float32[4,1,1,4] = random(1)
            \(line)
            y = batchNormalization(\(input), g, be, m, v) \(attributes), epsilon: 0.001}
            \(output)
            """)
        #expect(result.report.firings == 0)
    }

    @Test func leavesAloneNegativeFactorsBehindMaxima() throws {
        let result = try Rewriting(
            """
            input x: float32[1,4,4,2]
            constant g: float32[2] = [1, -1]
            constant o: float32[2] = [1, 1]
            constant w: float32[2,1,1,2] = random(1)
            c = conv2D(x, w)
            p = pool2D(c) {kind: max, window: 2x2}
            y = batchNormalization(p, g, o, o, o) {axis: 3, epsilon: 0.001}
            output y
            """, FoldBatchNormalization())
        #expect(result.report.firings == 0)
    }

    private func fold(_ input: String, _ channels: Int, _ body: String) throws -> Rewriting {
        try Rewriting(
            """
            input \(input)
            \(batchNormParameters(channels))
            \(body)
            output y
            """, FoldBatchNormalization())
    }
}
