import Cost
import Foundations
import GraphIR
import Quantization
import Tensors
import Testing

import Approximation

@Suite("Channels left out")
struct PruningTests {
    /// A layer whose later channels are mixtures of its first ones, something between it and the next layer, and inputs.
    private struct RedundantNetwork: SampleSource {
        let graph: Graph
        let count = 60

        /// - Parameter between: what stands between the layers, on values `[1, 8, 8, 24]`.
        init(
            independent: Int, noise: Double,
            between: (GraphBuilder, ValueID) throws -> ValueID = { $1 }
        ) throws {
            var generator = SplitMix64(seed: 3)
            func random(_ count: Int, _ scale: Double) -> [Double] {
                (0..<count).map { _ in (generator.nextUnit() * 2 - 1) * scale }
            }
            let builder = GraphBuilder(name: "redundant")
            let image = builder.input(TensorType(.float32, [1, 8, 8, 4]), name: "image")
            var filter = random(24 * 36, noise)
            let basis = random(independent * 36, 0.5)
            for channel in 0..<24 {
                let factor = 0.5 + Double(channel) / 16
                for tap in 0..<36 {
                    filter[channel * 36 + tap] += factor * basis[channel % independent * 36 + tap]
                }
            }
            let first = builder.constant(Constant(filter, [24, 3, 3, 4]), role: "kernel")
            var x = try builder.add(
                .conv2D(Conv2D(padding: .same, activation: .relu)), [image, first])
            x = try between(builder, x)
            if builder.shape(of: x).rank == 4 {
                let second = builder.constant(
                    Constant(random(20 * 9 * 24, 0.3), [20, 3, 3, 24]), role: "kernel")
                x = try builder.add(.conv2D(Conv2D()), [x, second])
            } else {
                let width = builder.shape(of: x)[1]
                let second = builder.constant(
                    Constant(random(20 * width, 0.3), [20, width]), role: "kernel")
                x = try builder.add(.fullyConnected(FullyConnected()), [x, second])
            }
            builder.output(x, name: "y")
            graph = builder.graph
        }

        func inputs(_ index: Int) throws -> [Tensor] {
            var generator = SplitMix64(seed: UInt64(index) + 7)
            return [
                Tensor((0..<256).map { _ in Float(generator.nextUnit() * 2 - 1) }, [1, 8, 8, 4])
            ]
        }
    }

    private func pruned(
        _ network: RedundantNetwork, budget: Double
    ) throws -> Approximation.Result {
        var settings = Approximation.Settings(budget: budget)
        settings.families = [.prune]
        return try Approximation(settings, costs: .liteRT, threads: ThreadBudget(2))
            .run(on: network.graph, samples: network, truth: nil)
    }

    /// Checks what the changes say against what is in the graph.
    private func expectAgreement(_ result: Approximation.Result, _ network: RedundantNetwork) {
        let saved = result.changes.reduce(0) {
            $0 + $1.before.multiplyAccumulates - $1.after.multiplyAccumulates
        }
        #expect(
            network.graph.cost.multiplyAccumulates - result.graph.cost.multiplyAccumulates == saved)
        #expect(saved > 0)
    }

    @Test("Channels that others make up for go, and the error is next to nothing")
    func redundant() throws {
        let network = try RedundantNetwork(independent: 8, noise: 0)
        let result = try pruned(network, budget: 1e-3)
        #expect(result.changes.map(\.rewrite) == ["8 of 24 channels"])
        #expect(result.error < 1e-3)
        expectAgreement(result, network)
    }

    @Test("What is left stays within the budget, and a greater one leaves less")
    func budgets() throws {
        let network = try RedundantNetwork(independent: 16, noise: 0.1)
        let (small, large) = (
            try pruned(network, budget: 0.05), try pruned(network, budget: 0.4)
        )
        #expect(small.error <= 0.05 && large.error <= 0.4)
        #expect(large.error > 0.05)
        #expect(large.graph.cost.multiplyAccumulates < small.graph.cost.multiplyAccumulates)
        expectAgreement(large, network)
        #expect(try pruned(network, budget: 1e-7).graph.text == network.graph.text)
    }

    @Test("Channels are left out through depthwise layers, pools, padding and a flattening")
    func paths() throws {
        let network = try RedundantNetwork(independent: 8, noise: 0) { builder, x in
            let windows = builder.constant(
                Constant([Double](repeating: 0.2, count: 9 * 24), [1, 3, 3, 24]), role: "kernel")
            var x = try builder.add(
                .depthwiseConv2D(DepthwiseConv2D(padding: .same)), [x, windows])
            x = try builder.pad(x, [.none, PadAmount(0, 2), PadAmount(1, 1), .none])
            x = try builder.add(
                Pool2D(kind: .average, window: Size2D(2, 2), strides: Size2D(2, 2)).op, [x])
            return try builder.reshape(x, [1, 5 * 5 * 24])
        }
        let result = try pruned(network, budget: 0.02)
        #expect(result.changes.map(\.rewrite) == ["8 of 24 channels"])
        #expect(result.error <= 0.02)
        expectAgreement(result, network)
    }

    @Test("The result does not depend on the number of threads")
    func determinism() throws {
        let network = try RedundantNetwork(independent: 12, noise: 0.05)
        let weights = try [1, 3].map { threads in
            let result = try Approximation(
                .init(budget: 0.2), costs: .liteRT, threads: ThreadBudget(threads)
            ).run(on: network.graph, samples: network, truth: nil)
            return result.graph.nodes.flatMap { node in
                node.inputs.flatMap { result.graph.constant($0)?.doubles() ?? [] }
            }
        }
        #expect(weights[0] == weights[1])
    }
}
