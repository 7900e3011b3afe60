import Evaluation
import Foundations
import GraphIR
import Legalize
import Targets
import TestSupport
import Tensors
import Testing

/// What becomes of operations that TFLite Micro has no operator for, and that it computes the same.
@Suite struct SubstituteTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        /// The graph, whose output is `y`.
        let text: String
        /// The operations afterwards, in running order.
        let operations: String
        /// The largest difference.
        var tolerance = 1e-5

        init(_ description: String, _ text: String, _ operations: String, tolerance: Double = 1e-5)
        {
            self.description = description
            self.text = text
            self.operations = operations
            self.tolerance = tolerance
        }
    }

    static let cases = [
        Case("relu0To1", "input x: float32[3,5]\ny = relu0To1(x)", "relu minimum"),
        Case("reluN1To1", "input x: float32[3,5]\ny = reluN1To1(x)", "maximum minimum"),
        Case(
            "any",
            """
            input x: float32[3,5]
            constant t: float32[] = fill(1)
            a = greater(x, t)
            y = reduce(a) {kind: any, axes: [1], keepDimensions: false}
            """, "greater cast max notEqual"),
        Case(
            "all stays",
            """
            input x: float32[3,5]
            constant t: float32[] = fill(1)
            a = greater(x, t)
            y = reduce(a) {kind: all, axes: [1], keepDimensions: false}
            """, "greater all"),
        Case(
            "one-hot", "input x: int32[2,3]\ny = oneHot(x) {depth: 4, on: 1, off: 0}",
            "reshape equal cast reshape"),
        Case(
            "one-hot with values", "input x: uint8[2,3]\ny = oneHot(x) {depth: 4, on: 3, off: -2}",
            "cast reshape equal cast multiply add reshape"),
        Case(
            "GELU with erf", "input x: float32[40,50]\ny = gelu(x) {approximate: false}",
            "multiply minimum multiply add multiply add multiply tanh add multiply multiply",
            tolerance: 2.6e-5),
        Case(
            "GELU with tanh", "input x: float32[4,5]\ny = gelu(x) {approximate: true}",
            "multiply multiply add multiply tanh add multiply multiply"),
        Case(
            "tile", "input x: float32[2,3,4]\ny = tile(x) {multiples: [2, 1, 3]}",
            "reshape broadcast reshape"),
        Case(
            "arc tangent", "input x: float32[30,5]\ninput z: float32[30,5]\ny = arcTangent(x, z)",
            "greaterEqual select divide maximum minimum square add sqrt add divide square add sqrt"
                + " add divide square multiply add multiply add multiply add multiply add multiply"
                + " multiply less select add equal equal logicalAnd select"),
        Case("sign", "input x: float32[3,5]\ny = sign(x)", "greater less cast cast subtract"),
        Case(
            "product",
            "input x: float32[2,3,4]\ny = reduce(x) {kind: product, axes: [1], keepDimensions: false}",
            "slice slice multiply slice multiply reshape"),
        Case(
            "transposed truth values",
            """
            input x: float32[3,5]
            constant t: float32[] = fill(1)
            a = greater(x, t)
            y = transpose(a) {permutation: [1, 0]}
            """, "greater cast transpose notEqual"),
        power("2", "multiply"), power("5", "multiply multiply multiply"),
        power("-3", "multiply multiply divide"), power("0.5", "sqrt"), power("-0.5", "rsqrt"),
        power("1.7", "log multiply exp"), power("1", ""),
    ]

    private static func power(_ exponent: String, _ operations: String) -> Case {
        Case(
            "power \(exponent)",
            """
            input x: float32[3,5]
            constant n: float32[] = fill(\(exponent))
            y = power(x, n)
            """, operations)
    }

    @Test(arguments: cases) func isSpelledOut(_ item: Case) throws {
        let before = try Graph(parsing: item.text + "\noutput y")
        var after = before
        try Legalize.expand(&after, for: .micro)
        try after.verify()
        let names = after.nodes.map(\.op.functionName).joined(separator: " ")
        #expect(names == item.operations)
        let inputs = before.inputs.map { input(before[$0.value].type) }
        let expected = try GraphEvaluator(before, precision: .reference).run(inputs)
        let found = try GraphEvaluator(after, precision: .reference).run(inputs)
        #expect(found.map(\.shape) == expected.map(\.shape))
        for (a, b) in zip(found, expected) {
            for (found, wanted) in zip(Constant(a).doubles(), Constant(b).doubles()) {
                #expect(abs(found - wanted) <= item.tolerance * max(1, abs(wanted)))
            }
        }
    }

    /// Positive and negative numbers, beyond the saturation of every function; positive ones for powers.
    private func input(_ type: TensorType) -> Tensor {
        var generator = SplitMix64(seed: 1)
        let isSigned = type.shape != [3, 5]
        let values = (0..<type.shape.elementCount).map { _ in
            type.dtype.isFloat
                ? Double.random(in: (isSigned ? -12 : 0.1)..<12, using: &generator)
                : Double(Int.random(in: 0..<4, using: &generator))
        }
        return Constant(
            Tensor(dtype: .float64, shape: type.shape, copying: values), as: type.dtype
        ).tensor()
    }

    @Test func snapshotsReverseWithoutTheirOperator() throws {
        var graph = try Graph(
            parsing: "input x: float32[2,3]\ny = reverse(x) {axes: [1]}\noutput y")
        try Legalize.expand(&graph, for: .microPico)
        #expect(graph.nodes.map(\.op.functionName) == ["gather"])
    }

    @Test func freeSizesAreRefusedByName() throws {
        let graph = try Graph(parsing: "input image: float32[1,?]\ny = relu(image)\noutput y")
        #expect {
            try Legalize.requireKnownExtents(of: graph, for: .micro)
        } throws: {
            "\($0)".contains("'image'")
        }
    }
}
