import GraphIR
import Passes
import Testing

@Suite struct FoldIntoConsumerTests {
    static let normalization = "n = batchNormalization(x, g, be, m, v) {axis: 3, epsilon: 0.001}"

    @Test(arguments: [
        ("constant w: float32[4,3,3,4] = random(1)\ny = conv2D(n, w)", ["conv2D"]),
        (
            "constant w: float32[4,1,1,4] = random(1)\ny = conv2D(n, w) {padding: same, strides: 2x2}",
            ["conv2D"]
        ),
        (
            "constant w: float32[4,2,2,4] = random(1)\ny = conv2D(n, w) {padding: same, strides: 2x2}",
            ["conv2D"]
        ),
        (
            "constant w: float32[1,3,3,8] = random(1)\ny = depthwiseConv2D(n, w)",
            ["depthwiseConv2D"]
        ),
        (
            """
            constant w: float32[5,144] = random(1)
            constant b: float32[5] = random(2)
            f = reshape(n) {shape: [-1, 144]}
            y = fullyConnected(f, w, b)
            """, ["reshape", "fullyConnected"]
        ),
        (
            """
            constant w: float32[5,4] = random(1)
            p = reduce(n) {kind: mean, axes: [1, 2]}
            y = fullyConnected(p, w)
            """, ["reduce", "fullyConnected"]
        ),
        (
            """
            constant w: float32[5,144] = random(1)
            t = transpose(n) {permutation: [0, 3, 1, 2]}
            f = reshape(t) {shape: [-1, 144]}
            y = fullyConnected(f, w)
            """, ["transpose", "reshape", "fullyConnected"]
        ),
        (
            """
            constant w: float32[4,2,2,4] = random(1)
            p = pool2D(n) {kind: average, window: 3x3, padding: same}
            y = conv2D(p, w)
            """, ["pool2D", "conv2D"]
        ),
    ])
    func folds(body: String, operations: [String]) throws {
        let result = try fold(Self.normalization + "\n" + body)
        #expect(result.operations == operations)
        #expect(try result.relativeError() < roundingTolerance)
    }

    /// Where zeros are padded behind the shift, only the scale moves.
    @Test(arguments: [
        (
            """
            constant w: float32[4,3,3,4] = random(1)
            y = conv2D(n, w) {padding: same}
            """, ["add", "conv2D"]
        ),
        (
            """
            constant w: float32[1,3,3,4] = random(1)
            p = pad(n) {amounts: [[0, 0], [1, 1], [1, 1], [0, 0]], value: 0.0}
            y = depthwiseConv2D(p, w)
            """, ["add", "pad", "depthwiseConv2D"]
        ),
        (
            """
            constant w: float32[4,3,3,4] = random(1)
            y = transposeConv2D(n, w) {size: 8x8}
            """, ["add", "transposeConv2D"]
        ),
    ])
    func keepsTheShiftBeforePadding(body: String, operations: [String]) throws {
        let result = try fold(Self.normalization + "\n" + body)
        #expect(result.operations == operations)
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func scaleAloneFoldsIntoSamePadding() throws {
        let result = try fold(
            """
            constant c: float32[] = [0.003921569]
            n = multiply(x, c)
            constant w: float32[4,3,3,4] = random(1)
            y = conv2D(n, w) {padding: same}
            """)
        #expect(result.operations == ["conv2D"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func scaleMovesThroughProducts() throws {
        let result = try fold(
            """
            constant c: float32[4] = random(5)
            s = reduce(x) {kind: max, axes: [1, 2], keepDimensions: true}
            n = multiply(s, c)
            q = multiply(x, n)
            constant w: float32[4,3,3,4] = random(1)
            y = conv2D(q, w) {padding: same}
            """)
        #expect(result.operations == ["reduce", "multiply", "conv2D"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func groupsTakeOneFactorForAll() throws {
        for (constant, folds) in [("float32[] = [2]", true), ("float32[4] = random(5)", false)] {
            let result = try fold(
                """
                constant c: \(constant)
                n = multiply(x, c)
                constant w: float32[4,3,3,2] = random(1)
                y = conv2D(n, w)
                """)
            #expect(result.operations == (folds ? ["conv2D"] : ["multiply", "conv2D"]))
            #expect(try result.relativeError() < roundingTolerance)
        }
    }

    @Test func groupsTakeAnyShift() throws {
        let result = try fold(
            """
            constant c: float32[4] = random(5)
            n = add(x, c)
            constant w: float32[4,3,3,2] = random(1)
            y = conv2D(n, w)
            """)
        #expect(result.operations == ["conv2D"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test(arguments: [
        // The normalization has another reader.
        "constant w: float32[4,3,3,4] = random(1)\ny = conv2D(n, w)\noutput n",
        // ReLU does not commute.
        "constant w: float32[4,3,3,4] = random(1)\nr = relu(n)\ny = conv2D(r, w)",
        // The normalized tensor is not the one that is convolved.
        "constant w: float32[4,6,6,4] = random(1)\ns = add(n, x)\ny = conv2D(s, w)",
    ])
    func leavesAlone(body: String) throws {
        #expect(try fold(Self.normalization + "\n" + body).report.firings == 0)
    }

    @Test func leavesAloneAShiftBeforePadding() throws {
        let result = try fold(
            """
            constant c: float32[4] = random(5)
            n = add(x, c)
            constant w: float32[4,3,3,4] = random(1)
            y = conv2D(n, w) {padding: same}
            """)
        #expect(result.report.firings == 0)
    }

    private func fold(_ body: String) throws -> Rewriting {
        try Rewriting(
            """
            input x: float32[2,6,6,4]
            \(batchNormParameters(4))
            \(body)
            output y
            """, FoldIntoConsumer())
    }
}
