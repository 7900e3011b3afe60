import Evaluation
import Foundations
import GraphIR
import Interpreter
import Legalize
import Quantization
import TFLiteFormat
import TFLiteLowering
import Targets
import TestSupport
import Tensors
import Testing

/// What the stock converter gets wrong in integer files: each case computes the right numbers.
@Suite struct StockFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var bits = 16
        /// Operations of `x`, a matrix `[2, 6]` of numbers from −2 to 2, to `y`.
        let text: String
        var floor = 40.0
        var testDescription: String { name }
    }

    static let cases = [
        // Sums keep the scale of the input and saturate.
        Case(name: "sum", text: "y = reduce(x) {kind: sum, axes: [1], keepDimensions: true}"),
        // Branches of a choice have different scales.
        Case(
            name: "select",
            text: """
                constant c: float32[1] = [0.5]
                constant ten: float32[1] = [10]
                m = greater(x, c)
                big = multiply(x, ten)
                y = select(m, big, x)
                """),
        // These convert, and then LiteRT refuses the file or fails.
        Case(name: "tile", text: "y = tile(x) {multiples: [1, 3]}"),
        Case(
            name: "squared difference",
            text: """
                r = reverse(x) {axes: [1]}
                y = squaredDifference(x, r)
                """),
        Case(name: "pad value", text: "y = pad(x) {amounts: [[0, 0], [1, 2]], value: 1.0}"),
        Case(
            name: "comparison",
            text: """
                constant c: float32[1] = [0.5]
                m = less(x, c)
                f = cast(m) {to: float32}
                y = add(f, x)
                """),
        Case(
            name: "square",
            text: """
                s = square(x)
                y = add(s, x)
                """),
        // These are refused.
        Case(
            name: "largest place",
            text: "y = argExtremum(x) {kind: max, axis: 1, outputType: int32}"),
        Case(
            name: "running sum",
            text: "y = cumulativeSum(x) {axis: 1, exclusive: false, reverse: false}"),
        Case(
            name: "quotient",
            text: """
                constant c: float32[1] = [3]
                a = add(x, c)
                y = divide(x, a)
                """),
        Case(name: "elu", text: "y = elu(x)"),
        Case(name: "hard swish", text: "y = hardSwish(x)"),
        Case(name: "normalization", text: "y = l2Normalization(x)"),
        Case(name: "log softmax", text: "y = logSoftmax(x)"),
        Case(
            name: "negation",
            text: """
                n = neg(x)
                y = relu(n)
                """),
        Case(name: "sine", text: "y = sin(x)"),
        // A divisor whose byte is 0 ends the process of TensorFlow 2.21.
        Case(
            name: "quotient of 8 bits", bits: 8,
            text: """
                constant c: float32[1] = [3]
                a = add(x, c)
                y = divide(x, a)
                """, floor: 25),
        Case(
            name: "sum of 8 bits", bits: 8,
            text: """
                r = relu(x)
                s = reduce(r) {kind: sum, axes: [1], keepDimensions: true}
                y = relu(s)
                """, floor: 25),
        Case(
            name: "choice beside outliers", bits: 8,
            text: """
                constant big: float32[1] = [1000]
                n = neg(x)
                b = multiply(x, big)
                d = multiply(b, x)
                e = maximum(x, n)
                y = minimum(e, d)
                """, floor: 20),
        Case(
            name: "slice beside outliers", bits: 8,
            text: """
                constant c: float32[1] = [1000]
                r = relu(x)
                b = multiply(r, c)
                j = concatenate(r, b) {axis: 1}
                s = slice(j) {begin: [0, 0], sizes: [2, 6], strides: [1, 1]}
                y = relu(s)
                """, floor: 25),
        Case(
            name: "product of activations", bits: 8,
            text: """
                r = relu(x)
                y = batchMatMul(x, r) {adjointA: true, adjointB: false}
                """, floor: 25),
        Case(name: "elu of 8 bits", bits: 8, text: "y = elu(x)", floor: 30),
        Case(
            name: "negation of 8 bits", bits: 8,
            text: """
                n = neg(x)
                y = elu(n)
                """, floor: 25),
        Case(
            name: "dead activation", bits: 8,
            text: """
                constant c: float32[1] = [-9]
                a = add(x, c)
                r = relu(a)
                y = add(r, x)
                """, floor: 25),
    ]

    private struct Samples: SampleSource {
        let rows: [Tensor]
        var count: Int { rows.count }
        func inputs(_ index: Int) -> [Tensor] { [rows[index]] }
    }

    private static let samples: Samples = {
        var random = SplitMix64(seed: 3)
        return Samples(
            rows: (0..<16).map { _ in
                Tensor((0..<12).map { _ in Float.random(in: -2...2, using: &random) }, [2, 6])
            })
    }()

    private func quantized(_ test: Case) throws -> (real: Graph, model: TFLiteModel) {
        var graph = try Graph(parsing: "input x: float32[2,6]\n\(test.text)\noutput y")
        let real = graph
        try Legalize.expand(&graph, for: Target.liteRT.forIntegers)
        let ranges = try Calibration(graph, Self.samples, threads: ThreadBudget(1))
            .ranges(by: .extremes)
        _ = try IntegerScheme { _ in test.bits }.apply(to: &graph, ranges: ranges, for: .liteRT)
        try Legalize.convert(&graph, for: .liteRT)
        return (real, try TFLiteLowering.lower(graph, for: .liteRT).model)
    }

    @Test(arguments: cases)
    func numbersAreRight(test: Case) throws {
        let (real, model) = try quantized(test)
        let session = try LiteModel(bytes: TFLiteWriter.bytes(of: model)).makeSession()
        var (signal, noise) = (0.0, 0.0)
        for row in Self.samples.rows {
            let expected = try GraphEvaluator(real, precision: .reference).run([row])[0]
            let found = try session.run([row].compactMap { LiteTensor($0) })[0].tensor
            for (e, a) in zip(Constant(expected).doubles(), Constant(found).doubles()) {
                signal += e * e
                noise += (e - a) * (e - a)
            }
        }
        #expect(signal > 0.1)
        #expect(10 * log10(signal / max(noise, 1e-20)) >= test.floor, "\(test.name)")
    }

    private func operators(_ name: String) throws -> (model: TFLiteModel, names: [BuiltinOperator])
    {
        let test = try #require(Self.cases.first { $0.name == name })
        let model = try quantized(test).model
        return (model, model.subgraphs[0].operators.map { model[$0.opcodeIndex].builtin })
    }

    /// No operator divides integers, ELU and the negation have integers, and products have 0 for 0 on their right side.
    @Test func operatorsAreThoseThatRuntimesComputeRightly() throws {
        let (quotient, names) = try operators("quotient of 8 bits")
        let division = try #require(names.firstIndex(of: .div))
        let types = quotient.subgraphs[0].operators[division].inputs
            .map { quotient.subgraphs[0][$0].type }
        #expect(types == [.float32, .float32])
        let (negation, functions) = try operators("negation of 8 bits")
        #expect(functions.filter { $0 == .dequantize }.count == 1)
        #expect(functions.contains(.elu))
        #expect(negation.subgraphs[0].tensors.filter { $0.type == .float32 }.count == 2)
        let (product, kinds) = try operators("product of activations")
        let place = try #require(kinds.firstIndex(of: .batchMatMul))
        let right = product.subgraphs[0].operators[place].inputs[1]
        #expect(product.subgraphs[0][right].quantization?.zeroPoint == [0])
    }

    /// A value that is always 0 has no scale so small that rescaling it overflows.
    @Test func deadValuesHaveScales() throws {
        let (model, _) = try operators("dead activation")
        let scales = model.subgraphs[0].tensors.compactMap { $0.quantization?.scale.first }
        #expect(!scales.isEmpty && scales.allSatisfy { $0 > 1e-6 })
    }

    /// Integers are not spent on numbers that the next function does not tell apart.
    @Test func rangesEndWhereFunctionsDo() throws {
        let test = Case(
            name: "cut", bits: 8,
            text: """
                constant c: float32[1] = [5]
                a = multiply(x, c)
                y = hardSwish(a)
                """)
        let model = try quantized(test).model
        let node = try #require(
            model.subgraphs[0].operators.first { model[$0.opcodeIndex].builtin == .hardSwish })
        let input = model.subgraphs[0][node.inputs[0]]
        #expect(abs((input.quantization?.scale.first ?? 0) - 13 / 255) < 1e-3)
        #expect(input.name.hasSuffix("/cut"))
    }

    /// What an operator may overwrite does not count among the numbers of its input.
    @Test func rangesAreThoseOfTheValueAlone() throws {
        let test = Case(
            name: "in place", bits: 8,
            text: """
                constant c: float32[1] = [7]
                a = abs(x)
                y = add(a, c)
                """)
        let model = try quantized(test).model
        let node = try #require(
            model.subgraphs[0].operators.first { model[$0.opcodeIndex].builtin == .add })
        let scale = model.subgraphs[0][node.inputs[0]].quantization?.scale.first ?? 0
        #expect(abs(scale - 2 / 255) < 1e-4)
    }
}
