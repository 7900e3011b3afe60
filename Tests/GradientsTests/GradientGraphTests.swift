import Evaluation
import Foundations
import GraphIR
import TestSupport
import Tensors
import Testing

import Gradients

/// A network behind whose weights an operation stands, and what the gradients of its weights are by differences.
private struct GradientCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let input: [Int]
    /// Adds weights of a shape and the operations.
    let body: @Sendable (GraphBuilder, ValueID, (([Int]) -> ValueID)) throws -> ValueID

    init(
        _ name: String, _ input: [Int],
        _ body: @escaping @Sendable (GraphBuilder, ValueID, (([Int]) -> ValueID)) throws -> ValueID
    ) {
        (testDescription, self.input, self.body) = (name, input, body)
    }

    /// Convolves an image 7×6×3 to 4 channels before what follows.
    static func behind(
        _ name: String, _ body: @escaping @Sendable (GraphBuilder, ValueID) throws -> ValueID
    ) -> GradientCase {
        GradientCase(name, [1, 7, 6, 3]) { builder, x, weight in
            let y = try builder.add(
                Conv2D(padding: .same).op, [x, weight([4, 1, 1, 3]), weight([4])])
            return try body(builder, y)
        }
    }

    func graph(_ generator: inout SplitMix64) throws -> Graph {
        let builder = GraphBuilder(name: testDescription)
        let x = builder.input(TensorType(.float32, Shape(input)), name: "x")
        var random = generator
        let y = try body(builder, x) { shape in
            let count = shape.reduce(1, *)
            let values = (0..<count).map { _ in random.nextUnit() - 0.4 }
            return builder.constant(Constant(values, Shape(shape)), role: "weights")
        }
        generator = random
        builder.output(y, name: "y")
        return builder.graph
    }
}

@Suite("Gradients")
struct GradientGraphTests {
    fileprivate static let cases = convolutions + functions + layouts

    private static let convolutions: [GradientCase] =
        [
            GradientCase("fully connected, twice", [2, 5]) { builder, x, weight in
                let y = try builder.add(FullyConnected().op, [x, weight([4, 5]), weight([4])])
                return try builder.add(
                    FullyConnected(activation: .relu).op, [y, weight([3, 4]), weight([3])])
            }
        ]
        + [
            (1, 1, 1, Padding.same), (3, 1, 1, .same), (3, 2, 1, .same), (2, 3, 1, .valid),
            (3, 1, 2, .same),
        ]
        .flatMap { kernel, stride, dilation, padding in
            let (strides, dilations) = (Size2D(stride, 1), Size2D(dilation, 1))
            let name = "\(kernel)×2, stride \(stride), dilation \(dilation), \(padding)"
            return [
                GradientCase("convolutions \(name)", [2, 8, 7, 3]) { builder, x, weight in
                    let op = Conv2D(strides: strides, dilations: dilations, padding: padding).op
                    let y = try builder.add(op, [x, weight([4, kernel, 2, 3]), weight([4])])
                    return try builder.add(
                        op.clamping(to: .reluN1To1) ?? op, [y, weight([2, kernel, 2, 4])])
                },
                GradientCase("depthwise convolutions \(name)", [1, 8, 7, 2]) { builder, x, weight in
                    let op = DepthwiseConv2D(
                        strides: strides, dilations: dilations, padding: padding
                    ).op
                    let y = try builder.add(op, [x, weight([1, kernel, 2, 4]), weight([4])])
                    return try builder.add(op, [y, weight([1, kernel, 2, 8])])
                },
            ]
        }

    private static let functions: [GradientCase] =
        UnaryFunction.allCases.filter {
            ![.floor, .ceil, .round, .sign, .logicalNot].contains($0)
        }.map { function in
            .behind(function.rawValue) { builder, x in
                let isPositive = [.log, .sqrt, .rsqrt].contains(function)
                let y = isPositive ? try builder.binary(.add, builder.unary(.abs, x), 0.3) : x
                return try builder.unary(function, y)
            }
        }
        + [.add, .subtract, .multiply, .divide, .maximum, .minimum, .squaredDifference].map {
            (kind: Binary.Kind) in
            .behind(kind.rawValue) { builder, x in
                let mean = try builder.reduce(.mean, x, axes: [1, 2], keepDimensions: true)
                let other = try builder.binary(.add, builder.unary(.square, mean), 0.5)
                let positive = try builder.binary(.add, builder.unary(.abs, x), 0.3)
                return try builder.add(
                    builder.binary(kind, positive, other), builder.binary(kind, other, positive))
            }
        } + [
            .behind("leaky ReLU") { builder, x in
                try builder.add(.leakyReLU(LeakyReLU(alpha: 0.3)), [x])
            },
            .behind("softmax") { builder, x in try builder.softmax(x, axis: 3) },
            .behind("sum") { builder, x in try builder.reduce(.sum, x, axes: [1, 3]) },
        ]

    private static let layouts: [GradientCase] = [
        .behind("maximum of windows") { builder, x in
            try builder.add(
                Pool2D(
                    kind: .max, window: Size2D(3, 2), strides: Size2D(2, 2), padding: .same
                ).op, [x])
        },
        .behind("average of windows") { builder, x in
            try builder.add(
                Pool2D(
                    kind: .average, window: Size2D(3, 2), strides: Size2D(2, 1), padding: .same
                ).op, [x])
        },
        .behind("layout") { builder, x in
            let padded = try builder.pad(
                builder.transpose(x, [0, 2, 3, 1]), [.none, PadAmount(1, 1), .none, .none])
            let part = try builder.slice(padded, axis: 1, from: 2, count: 4)
            let both = try builder.concatenate([part, builder.unary(.square, part)], axis: 3)
            let blocks = try builder.add(SpaceToDepth(blockSize: 2).op, [both])
            let pixels = try builder.add(
                DepthToSpace(blockSize: 2).op, [builder.unary(.square, blocks)])
            return try builder.reshape(pixels, [1, -1])
        },
        GradientCase("matrix products", [1, 4, 5]) { builder, x, weight in
            let (a, b) = try (
                builder.add(FullyConnected().op, [x, weight([3, 5])]),
                builder.add(FullyConnected().op, [x, weight([3, 5])])
            )
            let scores = try builder.add(BatchMatMul(adjointB: true).op, [a, b])
            let mixed = try builder.add(BatchMatMul().op, [builder.softmax(scores, axis: 2), b])
            let turned = try builder.add(BatchMatMul(adjointA: true).op, [a, mixed])
            return try builder.add(
                BatchMatMul(adjointA: true, adjointB: true).op, [turned, a])
        },
    ]

    @Test("Agree with differences of the error", arguments: cases)
    fileprivate func differences(_ test: GradientCase) throws {
        var generator = SplitMix64(seed: 5)
        let model = try test.graph(&generator)
        let output = model.outputs[0].value
        let goal = GradientGraph.Goal(value: output, comparison: .squares(factor: 3))
        let gradients = try #require(try GradientGraph(of: model, goals: [goal]))
        #expect(
            gradients.weights.count
                == model.values.count { $0.constant != nil && $0.type.shape.elementCount > 1 })
        func random(_ shape: Shape) -> Tensor {
            Tensor(
                (0..<shape.elementCount).map { _ in Float(generator.nextUnit() * 2 - 1) }, shape)
        }
        let (input, target) = (random(Shape(test.input)), random(model[output].type.shape))
        let weights = gradients.weights.compactMap { model.constant($0)?.tensor() }
        let found = try GraphEvaluator(gradients.graph, precision: .reference)
            .run([input, target] + weights)
        for (index, id) in gradients.weights.enumerated() {
            let expected = try weights[index].array(of: Float.self).indices.map { place in
                try Self.slope(model, id, weights[index], place, input, target, factor: 3)
            }
            let difference = Difference(
                found[index].array(of: Float.self).map(Double.init), expected)
            #expect(difference.relative < 0.02, "\(model[id].name)")
        }
    }

    /// How the mean square of the difference changes with an element of a constant.
    private static func slope(
        _ model: Graph, _ id: ValueID, _ weights: Tensor, _ place: Int, _ input: Tensor,
        _ target: Tensor, factor: Double
    ) throws -> Double {
        let step = 1.0 / 1024
        let errors = try [step, -step].map { step in
            var values = weights.array(of: Float.self)
            values[place] += Float(step)
            var changed = model
            let constant = Constant(Tensor(values, weights.shape))
            let value = changed.addValue(constant.type, name: "changed", constant: constant)
            changed.redirect(id, to: value)
            let outputs = try GraphEvaluator(changed, precision: .reference).run([input])[0]
            let differences = zip(outputs.array(of: Float.self), target.array(of: Float.self))
                .map { Double($0) - Double($1) }
            return differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)
        }
        return factor * (errors[0] - errors[1]) / (2 * step)
    }

    @Test("Of several records are means of those of each")
    func records() throws {
        let builder = GraphBuilder(name: "records")
        let x = builder.input(TensorType(.float32, [1, 6, 6, 2]), name: "x")
        var generator = SplitMix64(seed: 3)
        func random(_ dims: [Int]) -> Tensor {
            Tensor(
                (0..<dims.reduce(1, *)).map { _ in Float(generator.nextUnit() - 0.5) }, Shape(dims))
        }
        let filter = builder.constant(Constant(random([3, 3, 3, 2])), role: "filter")
        let matrix = builder.constant(Constant(random([4, 27])), role: "matrix")
        let y = try builder.add(Conv2D(strides: Size2D(2, 2), padding: .same).op, [x, filter])
        let flat = try builder.reshape(builder.unary(.relu, y), [1, 27])
        let scores = try builder.add(FullyConnected().op, [flat, matrix])
        let goals: [GradientGraph.Goal] = [
            .init(value: scores, comparison: .scores(temperature: 2, factor: 3)),
            .init(value: y, comparison: .squares(factor: 0.5)),
        ]
        func gradients(_ inputs: [[Tensor]]) throws -> [[Float]] {
            let made = try #require(
                try GradientGraph(of: builder.graph, goals: goals, records: inputs.count))
            #expect(made.records == inputs.count)
            let stacked = inputs[0].indices.map { place in
                let rows = inputs.map { $0[place] }
                return Tensor(
                    rows.flatMap { $0.array(of: Float.self) },
                    Shape([rows.count] + rows[0].shape.dims.dropFirst()))
            }
            let weights = made.weights.compactMap { builder.graph.constant($0)?.tensor() }
            return try GraphEvaluator(made.graph, precision: .reference).run(stacked + weights)
                .map { $0.array(of: Float.self) }
        }
        let rows = (0..<3).map { _ in
            [random([1, 6, 6, 2]), random([1, 4]), random([1, 3, 3, 3])]
        }
        let single = try rows.map { try gradients([$0]) }
        for (weight, found) in try gradients(rows).enumerated() {
            let mean = found.indices.map { index in
                single.reduce(0.0) { $0 + Double($1[weight][index]) } / 3
            }
            #expect(Difference(found.map(Double.init), mean).relative < 1e-5)
        }
    }

    @Test("Of scores agree with differences of the cross entropy")
    func scores() throws {
        let builder = GraphBuilder(name: "scores")
        let x = builder.input(TensorType(.float32, [1, 3]), name: "x")
        let weights = builder.constant(
            Constant([0.5, -1, 0.25, 2, 0.125, -0.75, 1, 1, -2], [3, 3]), role: "weights")
        let scores = try builder.add(FullyConnected().op, [x, weights])
        builder.output(try builder.softmax(scores, axis: 1), name: "y")
        let (temperature, factor) = (4.0, 0.5)
        let gradients = try #require(
            try GradientGraph(
                of: builder.graph,
                goals: [
                    .init(
                        value: scores,
                        comparison: .scores(temperature: temperature, factor: factor))
                ]))
        let input: [Float] = [0.5, -1, 2]
        let target: [Float] = [1, 3, -2]
        let rows = try #require(builder.graph.constant(weights)).doubles()
        let found = try GraphEvaluator(gradients.graph, precision: .reference).run([
            Tensor(input, [1, 3]), Tensor(target, [1, 3]),
            Tensor(rows.map { Float($0) }, [3, 3]),
        ])[0].array(of: Float.self)
        func softmax(_ scores: [Double]) -> [Double] {
            let powers = scores.map { exponential($0 / temperature) }
            return powers.map { $0 / powers.reduce(0, +) }
        }
        let values = (0..<3).map { row in
            (0..<3).reduce(0.0) { $0 + rows[row * 3 + $1] * Double(input[$1]) }
        }
        let (right, own) = (softmax(target.map(Double.init)), softmax(values))
        for row in 0..<3 {
            for column in 0..<3 {
                let slope = temperature * factor * (own[row] - right[row]) * Double(input[column])
                #expect(abs(Double(found[row * 3 + column]) - slope) < 1e-5)
            }
        }
    }

    /// eˣ by its series.
    private func exponential(_ x: Double) -> Double {
        (1...40).reversed().reduce(1) { 1 + $0 * x / Double($1) }
    }

    @Test("Stop at operations without a rule, and keep from weights that also lead there")
    func blocked() throws {
        let builder = GraphBuilder(name: "blocked")
        let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
        func dense(_ x: ValueID) throws -> (y: ValueID, weights: ValueID) {
            let weights = builder.constant(
                Constant((0..<16).map { Double($0) / 16 }, [4, 4]), role: "weights")
            return (try builder.add(FullyConnected().op, [x, weights]), weights)
        }
        let first = try dense(x)
        let second = try dense(builder.unary(.round, first.y))
        let third = try dense(first.y)
        let y = try builder.add(second.y, third.y)
        builder.output(y, name: "y")
        let gradients = try #require(
            try GradientGraph(
                of: builder.graph, goals: [.init(value: y, comparison: .squares(factor: 1))]))
        #expect(Set(gradients.weights) == [second.weights, third.weights])
    }
}
