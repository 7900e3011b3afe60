import Foundations
import GraphIR
import Tensors
import Testing

import Approximation

@Suite("Rewrites of convolutions and matrix products")
struct LinearRewriteTests {
    private static let threads = ThreadBudget(2)

    /// A site with a filter, fed with random inputs.
    private func error(
        of rewrite: any LinearRewrite, filter: [Double], _ op: Op, _ shape: Shape,
        input: Shape, clamp: Bool = false
    ) throws -> Double {
        let builder = GraphBuilder(name: "site")
        let x = builder.input(TensorType(.float32, input), name: "x")
        var generator = SplitMix64(seed: 4)
        let bias = (0..<shape[0]).map { _ in generator.nextUnit() - 0.5 }
        var y = try builder.add(
            op,
            [
                x, builder.constant(Constant(filter, shape), role: "kernel"),
                builder.constant(Constant(bias, [shape[0]]), role: "bias"),
            ])
        if clamp { y = try builder.add(.unary(Unary(.relu)), [y]) }
        builder.output(y, name: "y")
        let node = try #require(builder.graph.nodes.first)
        let site = try #require(LinearSite(node, in: builder.graph))
        #expect(site.clamp == (clamp ? .relu : .none))
        let inputs = (0..<12).map { _ in
            Tensor(
                (0..<input.elementCount).map { _ in Float(generator.nextUnit() * 2 - 1) }, input)
        }
        let whole = Stage(site.op, site.filter, bias: site.bias)
        let targets = try StageRun.outputs(of: [whole], on: inputs, threads: Self.threads)
        let fitted = try LinearFit(site: site, rewrite: rewrite).fitted(
            to: FitData(
                inputs: inputs, targets: targets, seed: 1, rowLimit: 4096, threads: Self.threads))
        #expect(
            try Stage.types(of: rewrite.outline(for: site), from: site.inputType).last
                == site.outputType)
        let outputs = try StageRun.outputs(
            of: fitted.stages, on: inputs, threads: Self.threads)
        let (found, wanted) = (
            outputs.flatMap { $0.array(of: Float.self) },
            targets.flatMap { $0.array(of: Float.self) }
        )
        let limit: Float = clamp ? 0 : -.infinity
        let squares = zip(found, wanted).reduce(0.0) {
            let difference = Double(max($1.0, limit) - max($1.1, limit))
            return $0 + difference * difference
        }
        let mean = wanted.reduce(0, +) / Float(wanted.count)
        let spread = wanted.reduce(0.0) { $0 + Double(($1 - mean) * ($1 - mean)) }
        return (squares / spread).squareRoot()
    }

    private func random(_ count: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in generator.nextUnit() * 2 - 1 }
    }

    private static let convolutions: [Op] = [
        .conv2D(Conv2D(padding: .same)), .conv2D(Conv2D()),
        .conv2D(Conv2D(strides: Size2D(2, 1), padding: .same)),
        .conv2D(Conv2D(dilations: Size2D(1, 2), padding: .same)),
    ]

    @Test("A filter of low rank is found exactly", arguments: convolutions)
    func outputRank(op: Op) throws {
        let (left, right) = (random(16 * 3, seed: 1), random(3 * 45, seed: 2))
        let filter = Matrix(16, 3, left).times(Matrix(3, 45, right), threads: Self.threads)
        let error = try error(
            of: OutputRank(rank: 3), filter: filter.elements, op, [16, 3, 3, 5],
            input: [1, 9, 8, 5])
        #expect(error < 1e-4)
        let thinner = try self.error(
            of: OutputRank(rank: 2), filter: filter.elements, op, [16, 3, 3, 5],
            input: [1, 9, 8, 5])
        #expect((0.05..<0.9).contains(thinner))
    }

    @Test("A matrix of low rank is found exactly")
    func matrix() throws {
        let filter = Matrix(16, 3, random(48, seed: 1)).times(
            Matrix(3, 10, random(30, seed: 2)), threads: Self.threads)
        let error = try error(
            of: OutputRank(rank: 3), filter: filter.elements, .fullyConnected(FullyConnected()),
            [16, 10], input: [9, 10])
        #expect(error < 1e-4)
    }

    @Test("A filter of columns and rows is found exactly", arguments: convolutions)
    func columnAndRow(op: Op) throws {
        // filter[out, top, left, in] = Σₖ column[k, top, in] · row[k, left, out]
        let (columns, rows) = (random(2 * 15, seed: 3), random(2 * 24, seed: 4))
        var filter = [Double](repeating: 0, count: 8 * 45)
        for index in filter.indices {
            let (output, top, left, channel) = (
                index / 45, index / 15 % 3, index / 5 % 3, index % 5
            )
            for k in 0..<2 {
                filter[index] +=
                    columns[k * 15 + top * 5 + channel] * rows[k * 24 + left * 8 + output]
            }
        }
        let error = try error(
            of: ColumnAndRow(rank: 2), filter: filter, op, [8, 3, 3, 5], input: [1, 9, 8, 5])
        #expect(error < 1e-4)
    }

    @Test("A depthwise and a pointwise convolution are found exactly", arguments: convolutions)
    func depthwise(op: Op) throws {
        let (windows, points) = (random(5 * 9 * 2, seed: 5), random(8 * 5 * 2, seed: 6))
        var filter = [Double](repeating: 0, count: 8 * 45)
        for index in filter.indices {
            let (output, tap, channel) = (index / 45, index / 5 % 9, index % 5)
            for k in 0..<2 {
                filter[index] +=
                    windows[(channel * 9 + tap) * 2 + k] * points[(output * 5 + channel) * 2 + k]
            }
        }
        let error = try error(
            of: DepthwiseAndPointwise(multiplier: 2), filter: filter, op, [8, 3, 3, 5],
            input: [1, 9, 8, 5])
        #expect(error < 1e-4)
    }

    @Test("Fits through a ReLU come nearer than fits in front of it")
    func clamp() throws {
        let filter = random(24 * 45, seed: 7)
        func error(clamp: Bool) throws -> Double {
            try self.error(
                of: OutputRank(rank: 8), filter: filter, Self.convolutions[0], [24, 3, 3, 5],
                input: [1, 9, 8, 5], clamp: clamp)
        }
        let (open, clamped) = (try error(clamp: false), try error(clamp: true))
        #expect(clamped < 0.9 * open)
    }
}
