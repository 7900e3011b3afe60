import GraphIR
import Passes
import TestSupport
import Testing

struct MoveStridesTests {
    private static let head = """
        input x: float32[2,7,8,3]
        constant w: float32[4,1,1,3] = random(1)
        constant k: float32[4,3,2,3] = random(2)
        constant d: float32[1,3,3,3] = random(3)
        constant v: float32[5,1,1,4] = random(4)

        """
    private func rewriting(_ lines: String...) throws -> Rewriting {
        let text = Self.head + lines.joined(separator: "\n") + "\noutput y"
        return try Rewriting(text, MoveStrides(), RemoveDeadCode())
    }

    private func pool(_ value: String) -> String {
        "pool2D(\(value)) {kind: average, window: 1x1, strides: 2x3, padding: same}"
    }

    @Test(arguments: [
        "c = conv2D(x, w)", "c = conv2D(x, k)", "c = conv2D(x, k) {strides: 2x1}",
        "c = depthwiseConv2D(x, d)", "c = depthwiseConv2D(x, d) {activation: relu}",
        "c = conv2D(x, w) {padding: same}",
    ])
    func intoTheConvolutionBefore(convolution: String) throws {
        let result = try rewriting(convolution, "r = tanh(c)", "y = \(pool("r"))")
        #expect(result.operations.count == 2)
        #expect(result.operations.last == "tanh")
        #expect(try result.relativeError() == 0)
    }

    @Test func intoTheConvolutionBehind() throws {
        let result = try rewriting("p = \(pool("x"))", "y = conv2D(p, w)")
        #expect(result.operations == ["conv2D"])
        #expect(try result.relativeError() == 0)
    }

    @Test func paddingKeepsTheStride() throws {
        let result = try rewriting("c = conv2D(x, k) {padding: same}", "y = \(pool("c"))")
        #expect(result.operations == ["conv2D", "pool2D"])
    }

    @Test func poolsOfOneElementBecomeConvolutions() throws {
        let text = Self.head + "y = \(pool("x"))\noutput y"
        let result = try Rewriting(text, RewriteUnitPools())
        #expect(result.operations == ["depthwiseConv2D"])
        #expect(try result.relativeError() == 0)
    }
}
