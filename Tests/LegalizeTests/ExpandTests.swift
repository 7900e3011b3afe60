import Evaluation
import Foundations
import GraphIR
import Legalize
import Targets
import TestSupport
import Tensors
import Testing

/// Every rewriting that LiteRT calls for: what becomes of a graph, and that it computes the same.
@Suite struct ExpandTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        /// The graph, whose output is `y`.
        let text: String
        /// The operations afterwards, in running order.
        let operations: String

        init(_ description: String, _ text: String, _ operations: String) {
            self.description = description
            self.text = text
            self.operations = operations
        }
    }

    static let cases = [
        Case(
            "six inputs", "input x: float32[1,2]\ny = concatenate(x, x, x, x, x, x) {axis: 1}",
            "concatenate concatenate"),
        Case(
            "five inputs", "input x: float32[1,2]\ny = concatenate(x, x, x, x, x) {axis: 1}",
            "concatenate"),
        Case(
            "two axes reversed", "input x: float32[2,3]\ny = reverse(x) {axes: [0, 1]}",
            "reverse reverse"),
        Case("flat slope", "input x: float32[2,3]\ny = leakyReLU(x) {alpha: 0}", "relu"),
        Case("slope", "input x: float32[2,3]\ny = leakyReLU(x) {alpha: 0.5}", "leakyReLU"),
        Case(
            "one slope",
            "input x: float32[2,3]\nconstant a: float32[1] = [0.25]\ny = prelu(x, a)", "leakyReLU"),
        Case(
            "equal slopes of 0",
            "input x: float32[2,3]\nconstant a: float32[3] = [0, 0, 0]\ny = prelu(x, a)", "relu"),
        Case(
            "slopes",
            "input x: float32[2,3]\nconstant a: float32[3] = [0.5, 0.25, -1]\ny = prelu(x, a)",
            "prelu"),
        Case("square of integers", "input x: int32[3]\ny = square(x)", "multiply"),
        Case("square of floats", "input x: float32[3]\ny = square(x)", "square"),
        Case(
            "small indices", "input x: uint8[3]\ny = oneHot(x) {depth: 4, on: 1, off: 0}",
            "cast oneHot"),
        Case(
            "softmax of seven axes", "input x: float32[1,2,1,2,1,2,3]\ny = softmax(x)",
            "reshape softmax reshape"),
        Case(
            "softmax of six axes", "input x: float32[2,1,2,1,2,3]\ny = softmax(x)", "softmax"),
        Case(
            "sum of seven axes",
            "input x: float32[2,1,2,1,2,2,3]\ny = reduce(x) {kind: sum, axes: [1, 2, 6], keepDimensions: false}",
            "reshape sum reshape"),
        Case(
            "padding of six axes",
            "input x: float32[1,2,2,2,2,3]\n"
                + "y = pad(x) {amounts: [[0, 0], [1, 1], [0, 0], [0, 0], [0, 2], [0, 0]], value: 0}",
            "reshape pad reshape"),
        Case(
            "slice of six axes",
            "input x: float32[1,2,2,2,2,3]\n"
                + "y = slice(x) {begin: [0, 0, 0, 0, 1, 0], sizes: [1, 2, 2, 2, 1, 3], strides: [1, 1, 1, 1, 1, 1]}",
            "reshape slice reshape"),
        Case(
            "transposition of seven axes",
            "input x: float32[2,1,2,1,2,2,3]\ny = transpose(x) {permutation: [4, 5, 6, 0, 1, 2, 3]}",
            "reshape transpose reshape"),
        Case(
            "broadcast along runs",
            "input x: float32[2,1,2,1,3]\ninput z: float32[1,1,1,1,3]\ny = power(x, z)",
            "reshape reshape power reshape"),
        Case(
            "broadcast along many axes",
            "input x: float32[2,1,2,1,2]\ninput z: float32[1,3,1,3,1]\ny = less(x, z)",
            "broadcast broadcast less"),
        Case(
            "statistics",
            """
            input x: float32[2,3,4]
            constant g: float32[4] = random(1, 0.5, 1.5)
            constant b: float32[4] = random(2)
            constant m: float32[4] = random(3)
            constant v: float32[4] = random(4, 0.2, 2)
            y = batchNormalization(x, g, b, m, v) {axis: 2, epsilon: 0.001}
            """, "multiply add"),
        Case(
            "transposed convolution of a free batch",
            """
            input x: float32[?,3,4,2]
            constant w: float32[5,3,3,2] = random(1)
            y = transposeConv2D(x, w) {strides: 2x2, padding: same, size: 6x8}
            """, "pad conv2D depthToSpace slice"),
        Case(
            "transposed convolution of a free batch and two strides",
            """
            input x: float32[?,3,4,2]
            constant w: float32[5,3,3,2] = random(1)
            constant b: float32[5] = random(2)
            y = transposeConv2D(x, w, b) {strides: 2x1, padding: same, size: 6x4}
            """, "pad conv2D reshape transpose reshape slice"),
        Case(
            "transposed convolution of a known batch",
            """
            input x: float32[2,3,4,2]
            constant w: float32[5,3,3,2] = random(1)
            y = transposeConv2D(x, w) {strides: 2x2, padding: same, size: 6x8}
            """, "transposeConv2D"),
    ]

    @Test(arguments: cases) func fitsTheTarget(_ item: Case) throws {
        try check(item.text, becomes: item.operations)
    }

    @Test(arguments: [
        ("17,18", "3,3", "10x10", "conv2D", false), ("9,9", "3,3", "3x4", "conv2D", true),
        ("12,9", "3,3", "4x4", "pad conv2D", false), ("8,8", "1,1", "2x2", "conv2D", false),
        ("7,10", "2,1", "3x3", "conv2D", true), ("5,5", "3,3", "4x4", "conv2D", true),
        ("9,9", "2,2", "2x2", "conv2D", true), ("9,8", "3,3", "4x4", "pad conv2D", false),
    ])
    func paddingOfWideStridesIsSpelledOut(
        size: String, window: String, strides: String, operations: String, staysSame: Bool
    ) throws {
        let graph = try check(
            """
            input x: float32[2,\(size),3]
            constant w: float32[3,\(window),3] = random(1)
            y = conv2D(x, w) {strides: \(strides), padding: same}
            """, becomes: operations)
        #expect(graph.text.contains("padding: same") == staysSame)
    }

    /// A target without the limits leaves a graph alone.
    @Test(arguments: cases.filter { $0.operations.contains("concatenate") })
    func limitsAreTheTargets(_ item: Case) throws {
        var operators = Target.liteRT.operators
        operators[.concatenation]?.fastInputs = nil
        let wide = Target(name: "wide", release: Target.liteRT.release, operators: operators)
        try check(item.text, becomes: "concatenate", on: wide)
    }

    @Test func aFreeExtentCannotBeRepeated() throws {
        var graph = try Graph(
            parsing: """
                input x: float32[?,1,2,1,2]
                input z: float32[?,3,1,3,1]
                y = less(x, z)
                output y
                """)
        #expect(throws: (any Error).self) { try Legalize.expand(&graph, for: .liteRT) }
    }

    @discardableResult
    private func check(
        _ text: String, becomes operations: String, on target: Target = .liteRT
    ) throws -> Graph {
        let before = try Graph(parsing: text + "\noutput y")
        var after = before
        try Legalize.expand(&after, for: target)
        try after.verify()
        #expect(names(after).joined(separator: " ") == operations)
        var generator = SplitMix64(seed: 1)
        let inputs = before.inputs.map { port in
            let type = before[port.value].type
            let shape = type.shape.resolvingFree(to: 2)
            let values = (0..<shape.elementCount).map { _ in
                type.dtype.isFloat
                    ? Double.random(in: 0..<2, using: &generator)
                    : Double(Int.random(in: 0..<4, using: &generator))
            }
            return Constant(
                Tensor(dtype: .float64, shape: shape, copying: values), as: type.dtype
            ).tensor()
        }
        let expected = try GraphEvaluator(before, precision: .reference).run(inputs)
        let found = try GraphEvaluator(after, precision: .reference).run(inputs)
        #expect(found.map(\.shape) == expected.map(\.shape))
        for (a, b) in zip(found, expected) {
            let pairs = zip(Constant(a).doubles(), Constant(b).doubles())
            #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) })
        }
        return after
    }

    private func names(_ graph: Graph) -> [String] {
        graph.nodes.map { node in
            switch node.op {
            case .unary(let unary): unary.kind.rawValue
            case .binary(let binary): binary.kind.rawValue
            case .reduce(let reduce): reduce.kind.rawValue
            default: node.op.name
            }
        }
    }
}
