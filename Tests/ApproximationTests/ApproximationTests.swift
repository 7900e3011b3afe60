import Cost
import Foundations
import GraphIR
import Problems
import Tensors
import Testing

import Approximation
import Quantization

@Suite("Approximations under a budget")
struct ApproximationTests {
    private static let fits = Set(ApproximationFamily.allCases).subtracting([.tune])

    private func run(
        _ budget: Double, _ families: Set<ApproximationFamily> = Self.fits, truth: [Int]? = nil
    ) throws -> Approximation.Result {
        let network = try SmallNetwork()
        var settings = Approximation.Settings(budget: budget)
        settings.families = families
        settings.tuningSteps = 30
        return try Approximation(settings, costs: .liteRT, threads: ThreadBudget(2))
            .run(on: network.graph, samples: network, truth: truth)
    }

    @Test("A layer of nearly low rank is replaced, and the error is what the judging samples say")
    func lowRank() throws {
        let network = try SmallNetwork()
        let result = try run(0.12, [.lowrank])
        #expect(result.changes.map(\.rewrite).contains { $0.hasPrefix("rank") })
        let saved = result.changes.reduce(0) {
            $0 + $1.before.multiplyAccumulates - $1.after.multiplyAccumulates
        }
        #expect(
            network.graph.cost.multiplyAccumulates - result.graph.cost.multiplyAccumulates == saved)
        #expect(saved > network.graph.cost.multiplyAccumulates / 3)
        #expect(result.error > 0 && result.error <= 0.12)
        let judging = try (0..<20).map { try network.inputs($0 * 2 + 1) }
        let measure = try ApproximationError(
            of: network.graph, on: judging, truth: nil, threads: ThreadBudget(1))
        #expect(try measure.error(of: result.graph) == result.error)
    }

    @Test("Samples of their own fit, and all others judge")
    func fitSamples() throws {
        let network = try SmallNetwork()
        var settings = Approximation.Settings(budget: 0.2)
        settings.families = [.lowrank]
        let result = try Approximation(settings, costs: .liteRT, threads: ThreadBudget(2))
            .run(
                on: network.graph, samples: network, fitting: SmallNetwork(sampleCount: 12),
                truth: nil)
        #expect(result.fitCount == 12)
        #expect(result.judging.count == network.count)
        #expect(!result.changes.isEmpty)
    }

    @Test("A greater budget saves more, and none changes nothing")
    func budgets() throws {
        let network = try SmallNetwork()
        #expect(try run(0).graph.text == network.graph.text)
        #expect(try run(1e-9).graph.text == network.graph.text)
        let (small, large) = (try run(0.1), try run(0.5))
        #expect(
            large.graph.cost.multiplyAccumulates < small.graph.cost.multiplyAccumulates)
        #expect(large.error <= 0.5 && small.error <= 0.1)
    }

    @Test(
        "The search may take more steps of work than a run of the model, which keeps to the limit")
    func steps() throws {
        let families: Set<ApproximationFamily> = [.lowrank, .prune, .tune]
        let limited = try ResourceBudget(.init(steps: 2_000_000)).apply { try run(0.3, families) }
        #expect(try limited.graph.text == run(0.3, families).graph.text)
        #expect(!limited.changes.isEmpty)
        #expect(throws: Problem.self) {
            try ResourceBudget(.init(steps: 100)).apply { try run(0.3, families) }
        }
    }

    @Test("The result does not depend on threads or on the run")
    func determinism() throws {
        let network = try SmallNetwork()
        var settings = Approximation.Settings(budget: 0.2)
        settings.families = [.lowrank, .prune, .tune]
        settings.tuningSteps = 5
        let texts = try [1, 3].map { threads in
            let result = try Approximation(
                settings, costs: .liteRT, threads: ThreadBudget(threads)
            ).run(on: network.graph, samples: network, truth: nil)
            return result.graph.nodes.flatMap { node in
                node.inputs.flatMap { result.graph.constant($0)?.doubles() ?? [] }
            }
        }
        #expect(texts[0] == texts[1])
        #expect(!texts[0].isEmpty)
    }

    @Test("Only what is allowed is used")
    func families() throws {
        let result = try run(0.6, [.separable])
        #expect(!result.changes.isEmpty)
        #expect(!result.changes.contains { $0.rewrite.hasPrefix("rank") })
        #expect(try run(0.6, [.activation]).changes.isEmpty)
    }

    @Test("A budget of lost answers is kept")
    func truth() throws {
        let network = try SmallNetwork()
        let measure = try (0..<network.count).map { index -> Int in
            let evaluator = try network.graph.outputs(for: network.inputs(index))
            return evaluator.firstIndex(of: evaluator.max() ?? 0) ?? 0
        }
        let result = try run(0.5, truth: measure)
        #expect(!result.changes.isEmpty)
        #expect(result.error <= 0.5)
        // One answer of forty that changes could be two by chance.
        #expect(try run(0.02, truth: measure).error == 0)
    }

    @Test("What a graph keeps from run to run does not reach the next sample")
    func states() throws {
        let builder = GraphBuilder(name: "sum")
        let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
        let kept = try builder.state("kept", TensorType(.float32, [1, 4]))
        let sum = try builder.add(.binary(Binary(.add)), [x, kept])
        builder.keep(sum, as: "kept")
        builder.output(sum, name: "y")
        let samples = (0..<6).map { sample in
            [Tensor((0..<4).map { Float(sample * 4 + $0) }, [1, 4])]
        }
        for threads in 1...3 {
            let measure = try ApproximationError(
                of: builder.graph, on: samples, truth: nil, threads: ThreadBudget(threads))
            let outputs = samples.map { $0.map { $0.array(of: Float.self) } }
            #expect(measure.error(of: outputs) == 0)
        }
    }

    @Test("Layers with fewer outputs or taps than a rewrite has windows", arguments: [1, 2, 3])
    func smallLayers(kernel: Int) throws {
        let network = try SmallLayers(kernel: kernel)
        let result = try Approximation(
            .init(budget: 0.9), costs: .liteRT, threads: ThreadBudget(2)
        ).run(on: network.graph, samples: network, truth: nil)
        #expect(result.error <= 0.9)
    }

    @Test("Too few samples are refused")
    func fewSamples() throws {
        let network = try SmallNetwork(sampleCount: 5)
        #expect(throws: Problem.self) {
            try Approximation(
                .init(budget: 0.1), costs: .liteRT, threads: ThreadBudget(1)
            ).run(on: network.graph, samples: network, truth: nil)
        }
    }

    @Test("A swish becomes a hard swish with fitted factors")
    func swish() throws {
        let network = try FunctionNetwork { try $0.multiply($1, $0.unary(.sigmoid, $1)) }
        let result = try approximated(network)
        #expect(result.changes.map(\.rewrite) == ["hard swish"])
        #expect(result.error < 0.035)
    }

    @Test(
        "Functions that cost less than what could stand in for them stay",
        arguments: [Unary.Kind.sigmoid, .tanh])
    func gates(kind: Unary.Kind) throws {
        let network = try FunctionNetwork { try $0.unary(kind, $1) }
        #expect(try approximated(network).error <= 0.035)
    }

    private func approximated(_ network: FunctionNetwork) throws -> Approximation.Result {
        try Approximation(
            .init(budget: 0.035), costs: .liteRT, threads: ThreadBudget(2)
        ).run(on: network.graph, samples: network, truth: nil)
    }
}

/// Convolutions of many channels to two, and back.
private struct SmallLayers: SampleSource {
    let graph: Graph
    let count = 20

    init(kernel: Int) throws {
        var generator = SplitMix64(seed: 2)
        let builder = GraphBuilder(name: "small layers")
        var x = builder.input(TensorType(.float32, [1, 16, 16, 32]), name: "x")
        for (inputs, outputs) in [(32, 2), (2, 32), (32, 1)] {
            let weights = (0..<outputs * kernel * kernel * inputs).map { _ in
                generator.nextUnit() - 0.5
            }
            let filter = builder.constant(
                Constant(weights, [outputs, kernel, kernel, inputs]), role: "kernel")
            x = try builder.add(.conv2D(Conv2D(padding: .same)), [x, filter])
        }
        builder.output(x, name: "y")
        graph = builder.graph
    }

    func inputs(_ index: Int) throws -> [Tensor] {
        var generator = SplitMix64(seed: UInt64(index))
        return [
            Tensor(
                (0..<16 * 16 * 32).map { _ in Float(generator.nextUnit() * 2 - 1) },
                [1, 16, 16, 32])
        ]
    }
}

/// A function of numbers and nothing else.
private struct FunctionNetwork: SampleSource {
    let graph: Graph
    let count = 20

    init(_ function: (GraphBuilder, ValueID) throws -> ValueID) throws {
        let builder = GraphBuilder(name: "function")
        let x = builder.input(TensorType(.float32, [1, 64]), name: "x")
        builder.output(try function(builder, x), name: "y")
        graph = builder.graph
    }

    func inputs(_ index: Int) throws -> [Tensor] {
        var generator = SplitMix64(seed: UInt64(index))
        return [Tensor((0..<64).map { _ in Float(generator.nextUnit() * 12 - 6) }, [1, 64])]
    }
}
