import Passes
import Testing

@Suite struct FuseActivationTests {
    @Test(arguments: [
        "conv2D(x, w)", "depthwiseConv2D(x, d)", "transposeConv2D(x, w) {size: 4x4}",
        "fullyConnected(x, f)", "add(x, x)", "subtract(x, k)", "multiply(x, k)", "divide(x, k)",
        "pool2D(x) {kind: max, window: 2x2}", "pool2D(x) {kind: average, window: 2x2}",
    ])
    func fuses(operation: String) throws {
        for activation in ["relu", "relu6", "reluN1To1"] {
            let result = try Rewriting(
                program("a = \(operation)\ny = \(activation)(a) @layer \"r\""), FuseActivation())
            #expect(result.operations == [String(operation.prefix { $0 != "(" })])
            #expect(result.after.text.contains("activation: \(activation)"))
            #expect(try result.relativeError() < roundingTolerance)
        }
    }

    @Test func fusesIntoThreeDimensionalConvolutions() throws {
        for operation in ["conv3D(x, w)", "transposeConv3D(x, w) {size: 4x4x4}"] {
            let result = try Rewriting(
                """
                input x: float32[1,3,3,3,2]
                constant w: float32[2,2,2,2,2] = random(1)
                a = \(operation)
                y = relu(a)
                output y
                """, FuseActivation())
            #expect(result.operations.count == 1)
            #expect(try result.relativeError() < roundingTolerance)
        }
    }

    @Test(arguments: [
        "a = conv2D(x, w)\ny = tanh(a)", "a = conv2D(x, w)\ny = sigmoid(a)",
        "a = conv2D(x, w)\ny = relu0To1(a)", "a = maximum(x, k)\ny = relu(a)",
        "a = conv2D(x, w)\nb = relu(a)\ny = add(a, b)", "a = conv2D(x, w)\ny = relu(a)\noutput a",
        "a = conv2D(x, w) {activation: reluN1To1}\ny = relu(a)",
        "a = concatenate(x, x) {axis: 3}\ny = relu(a)",
    ])
    func leavesAlone(lines: String) throws {
        #expect(try Rewriting(program(lines), FuseActivation()).report.firings == 0)
    }

    private func program(_ lines: String) -> String {
        """
        input x: float32[2,3,3,4]
        constant w: float32[4,2,2,4] = random(1)
        constant d: float32[1,2,2,4] = random(1)
        constant f: float32[4,4] = random(1)
        constant k: float32[4] = random(2, 0.5, 2)
        \(lines)
        output y
        """
    }
}
