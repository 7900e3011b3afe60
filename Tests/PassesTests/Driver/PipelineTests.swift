import Foundations
import GraphIR
import Passes
import Tensors
import TestSupport
import Testing

@Suite struct PipelineTests {
    /// Outputs and every value marked as a layer's output keep their numbers; the graph never grows.
    @Test(arguments: 0..<400 * Campaign.factor)
    func randomGraphsKeepTheirNumbers(seed: Int) throws {
        let graph = try RandomGraph.make(
            seed: UInt64(seed), operations: 4 + seed % 12,
            numbers: seed % 2 == 0 ? .positive : .bothSigns)
        let result = try Rewriting(graph)
        let error = try result.relativeError(seed: UInt64(seed))
        #expect(error < 1e-4, "\(graph.abbreviatedText)\n\(result.after.abbreviatedText)")
        #expect(result.after.outputs.map(\.name) == graph.outputs.map(\.name))
        let again = try Rewriting(result.after)
        #expect(
            again.operations == result.operations,
            "\(graph.abbreviatedText)\n\(result.after.abbreviatedText)")
    }

    @Test func channelsFirstModelsKeepOnePairOfTransposes() throws {
        let graph = try Graph(
            parsing: """
                input x: float32[1,4,8,8]
                \(batchNormParameters(4))
                constant w: float32[4,3,3,4] = random(1)
                constant f: float32[5,64] = random(2)
                a = transpose(x) {permutation: [0, 2, 3, 1]}
                b = conv2D(a, w) {padding: same}
                c = transpose(b) {permutation: [0, 3, 1, 2]} @layer "conv1"
                d = batchNormalization(c, g, be, m, v) {axis: 1, epsilon: 0.001} @layer "bn1"
                e = relu(d) @layer "relu1"
                h = transpose(e) {permutation: [0, 2, 3, 1]}
                i = conv2D(h, w) {padding: same}
                j = transpose(i) {permutation: [0, 3, 1, 2]} @layer "conv2"
                k = add(j, e) @layer "add"
                l = transpose(k) {permutation: [0, 2, 3, 1]}
                n = pool2D(l) {kind: max, window: 2x2, strides: 2x2}
                o = transpose(n) {permutation: [0, 3, 1, 2]} @layer "pool"
                p = reshape(o) {shape: [-1, 64]} @layer "flatten"
                y = fullyConnected(p, f) @layer "dense"
                output y
                """)
        let result = try Rewriting(graph)
        #expect(
            result.operations
                == ["transpose", "conv2D", "conv2D", "add", "pool2D", "reshape", "fullyConnected"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    /// Models compute what an idiom reads twice once for each reader.
    @Test func idiomsAreFoundInRepeatedArithmetic() throws {
        let graph = try Graph(
            parsing: """
                input x: float32[2,5]
                m = reduce(x) {kind: max, axes: [1], keepDimensions: true}
                a = subtract(x, m)
                e = exp(a)
                n = reduce(x) {kind: max, axes: [1], keepDimensions: true}
                b = subtract(x, n)
                f = exp(b)
                s = reduce(f) {kind: sum, axes: [1], keepDimensions: true}
                y = divide(e, s)
                output y
                """)
        let result = try Rewriting(graph)
        #expect(result.operations == ["softmax"])
        #expect(try result.relativeError() < roundingTolerance)
    }

    @Test func preprocessingFoldsIntoTheFirstLayer() throws {
        let graph = try Graph(
            parsing: """
                input x: float32[1,8,8,3]
                constant s: float32[] = [0.007843138]
                constant t: float32[] = [-1]
                constant m: float32[1,1,1,3] = [0.485, 0.456, 0.406]
                constant d: float32[1,1,1,3] = [0.229, 0.224, 0.225]
                constant w: float32[4,3,3,3] = random(1)
                a = multiply(x, s) @layer "rescale"
                b = add(a, t)
                c = subtract(b, m)
                e = divide(c, d) @layer "normalize"
                p = pad(e) {amounts: [[0, 0], [0, 1], [0, 1], [0, 0]], value: 0.0}
                y = conv2D(p, w) {strides: 2x2} @layer "conv"
                output y
                """)
        let result = try Rewriting(graph)
        #expect(result.operations == ["add", "conv2D"])
        #expect(result.attributes(of: "conv2D").contains("padding: same"))
        #expect(try result.relativeError() < roundingTolerance)
    }

    /// Twice as many blocks are twice as much work: nodes are offered to passes in proportion to their number.
    @Test func workGrowsInProportionToTheGraph() throws {
        let offers = try [85, 170].map { blocks in
            let graph = try largeGraph(blocks: blocks)
            let counter = CountsOffers()
            var optimized = graph
            let report = try PassDriver(
                stages: Pipeline.stages.map { $0 + [counter] }, verifiesEveryPatch: false
            ).run(on: &optimized)
            #expect(optimized.nodeCount == graph.nodeCount - blocks)
            #expect(report.faults.isEmpty)
            return counter.offers.withLock { $0 }
        }
        #expect(offers[0] > 5 * 85 && offers[1] <= 2 * offers[0] + 100)
    }

    private func largeGraph(blocks: Int) throws -> Graph {
        let builder = GraphBuilder(name: "large")
        var x = builder.input(.float32(1, 8, 8, 64), name: "x")
        func parameter(_ dims: Int...) -> ValueID {
            builder.constant(
                Constant([1.5], [1]).reshaped(Shape(dims.map { _ in 1 })).broadcast(
                    to: Shape(dims)),
                role: "parameter")
        }
        for block in 0..<blocks {
            builder.layer = "block\(block)"
            let relu = try builder.unary(.relu, x)
            let depthwise = try builder.add(
                DepthwiseConv2D(padding: .same).op, [relu, parameter(1, 3, 3, 64)])
            let pointwise = try builder.add(Conv2D().op, [depthwise, parameter(64, 1, 1, 64)])
            let normalized = try builder.add(
                BatchNormalization(axis: 3, epsilon: 1e-3).op,
                [pointwise, parameter(64), parameter(64), parameter(64), parameter(64)])
            let pooled = try builder.add(
                Pool2D(kind: .average, window: Size2D(3, 3), strides: .one, padding: .same).op, [x])
            x = try builder.add(normalized, pooled)
            builder.finish(x, asOutputOf: "block\(block)")
        }
        builder.output(x, name: "y")
        return builder.graph
    }
}

/// Counts the nodes that it is offered.
private struct CountsOffers: Pass {
    let name = "counts-offers"
    let summary = "Changes nothing."
    let offers = Locked(0)

    func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        offers.withLock { $0 += 1 }
        return .none
    }
}
