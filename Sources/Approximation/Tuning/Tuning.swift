import Evaluation
import Foundations
import Gradients
import GraphIR
import Problems
import Tensors

/// Moves the weights of an approximated graph until it computes what the original one does, by gradients of the difference of their
/// outputs on samples and mixtures of them.
package struct Tuning {
    /// How much work a graph is worth.
    package enum Effort: Int {
        /// To tell what a graph can become.
        case trial = 1
        /// For a graph that is kept.
        case thorough = 3
    }

    /// Samples of a step.
    private static let batchSize = 32
    /// Bytes that the values of the samples may take that are computed at once.
    private static let byteLimit = 128 << 20
    /// The greatest rate, relative to the weights.
    private static let rate = 0.02
    /// The part of all steps in which the rate rises.
    private static let warmUp = 0.05
    /// Products of a trial.
    private static let productLimit = 800_000_000_000

    private let original: Graph
    private let samples: MixedSamples
    /// How many samples there are, mixtures left aside.
    let sampleCount: Int
    private let variances: [Double]
    private let seed: UInt64
    private let threads: ThreadBudget
    /// Steps of a trial at most.
    private let stepLimit: Int

    /// Runs the original graph on samples; nil for graphs that keep states or of which no output can be compared.
    ///
    /// - Parameters:
    ///   - steps: of a trial at most.
    ///   - check: called now and then; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    package init?(
        _ original: Graph, samples: [[Tensor]], steps: Int, seed: UInt64, threads: ThreadBudget,
        check: () throws -> Void
    ) throws {
        let goals = original.tuningGoals.map(\.value)
        guard original.states.isEmpty, goals.count == original.outputs.count, !samples.isEmpty,
            original.values.allSatisfy({ $0.type.shape.isStatic })
        else { return nil }
        self.original = original
        (stepLimit, self.seed, self.threads) = (steps, seed, threads)
        let mixed = try MixedSamples(
            samples, graph: original, goals: goals, seed: seed, threads: threads, check: check)
        variances = goals.indices.map { goal in
            Self.variance(mixed.targets.map { $0[goal].array(of: Float.self) })
        }
        self.samples = mixed
        sampleCount = min(samples.count, mixed.count)
    }

    /// The graph with weights that bring its outputs nearer to those of the original; the graph itself if none can be moved.
    ///
    /// - Parameters:
    ///   - graph: has the inputs and outputs of the original.
    ///   - check: called before each step; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    package func tuned(_ graph: Graph, _ effort: Effort, check: () throws -> Void) throws -> Graph {
        guard
            let gradients = try GradientGraph(
                of: graph, goals: goals(of: graph), records: recordCount(of: graph))
        else { return graph }
        let products = saturatingProduct(
            gradients.graph.cost.multiplyAccumulates, Self.batchSize / gradients.records)
        let steps =
            effort.rawValue * min(Self.productLimit / max(products, 1), stepLimit)
        var adam = Adam(
            gradients.weights.map { graph.constant($0)?.tensor().array(of: Float.self) ?? [] })
        let shapes = gradients.weights.map { graph[$0].type.shape }
        var order = Order(count: samples.count, seed: seed)
        for step in 0..<steps {
            try check()
            let weights = zip(adam.weights, shapes).map { Tensor($0, $1) }
            let sums = try self.gradients(gradients, weights, order.next(Self.batchSize))
            // Steps that went astray are undone.
            guard sums.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return graph }
            adam.move(sums, rate: Self.rate(step, of: steps))
        }
        return graph.replacing(
            gradients.weights, by: zip(adam.weights, shapes).map(Tensor.init))
    }

    /// A rise, then a fall to 0.
    private static func rate(_ step: Int, of steps: Int) -> Float {
        let place = (Double(step) + 0.5) / Double(steps)
        return Float(rate * min(place / warmUp, (1 - place) / (1 - warmUp)))
    }

    private func goals(of graph: Graph) -> [GradientGraph.Goal] {
        let pairs = zip(zip(original.tuningGoals, graph.tuningGoals), variances)
        return pairs.map { goals, variance in
            // The original's scores are no target for anything else.
            GradientGraph.Goal(
                value: goals.1.value, comparison: goals.1.comparison(variance: variance))
        }
    }

    /// How many samples are computed at once: a divisor of the batch, so that each thread gets some.
    private func recordCount(of graph: Graph) -> Int {
        // Each value and its gradient are kept for a while.
        let bytes = saturatingProduct(2, graph.computedByteCounts.reduce(0, saturatingSum))
        var count = Self.batchSize / 2
        while count > 1, saturatingProduct(count, bytes) > Self.byteLimit { count /= 2 }
        return count
    }

    /// The mean gradients over some samples.
    private func gradients(
        _ graph: GradientGraph, _ weights: [Tensor], _ indices: [Int]
    ) throws -> [[Float]] {
        let parts = indices.count / graph.records
        let results = try threads.map(
            parts, with: { GraphEvaluator(graph.graph, precision: .fast) }
        ) { evaluator, part in
            let rows = indices[part * graph.records..<(part + 1) * graph.records].map {
                samples.inputs($0) + samples.targets[$0]
            }
            return try evaluator.run(Tensor.stacked(rows) + weights)
        }
        return weights.indices.map { weight in
            var sum = [Float](repeating: 0, count: weights[weight].count)
            sum.withUnsafeMutableBufferPointer { sum in
                let share = 1 / Float(max(parts, 1))
                for result in results {
                    result[weight].withElements(Float.self) { elements in
                        for index in sum.indices { sum[index] += share * elements[index] }
                    }
                }
            }
            return sum
        }
    }

    private static func variance(_ rows: [[Float]]) -> Double {
        let count = Double(max(rows.reduce(0) { $0 + $1.count }, 1))
        let mean = rows.joined().reduce(0.0) { $0 + Double($1) } / count
        return rows.joined().reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    }
}

/// Draws all of some samples in a random order before any comes again.
private struct Order {
    private let count: Int
    private var generator: SplitMix64
    private var open: [Int] = []

    init(count: Int, seed: UInt64) {
        self.count = count
        generator = SplitMix64(seed: seed)
    }

    mutating func next(_ size: Int) -> [Int] {
        if open.count < min(size, count) { open = (0..<count).shuffled(using: &generator) }
        let drawn = Array(open.suffix(size))
        open.removeLast(drawn.count)
        return drawn
    }
}

extension Tensor {
    /// For each place the tensors of all rows, one after the other along the first axis.
    fileprivate static func stacked(_ rows: [[Tensor]]) -> [Tensor] {
        guard rows.count > 1 else { return rows.first ?? [] }
        return rows[0].indices.map { place in
            let first = rows[0][place]
            let shape = Shape([rows.count] + first.shape.dims.dropFirst())
            return Tensor(dtype: first.dtype, shape: shape) { target in
                let size = target.count / rows.count
                for (index, row) in rows.enumerated() {
                    row[place].withBytes { source in
                        UnsafeMutableRawBufferPointer(
                            rebasing: target[index * size..<(index + 1) * size]
                        ).copyMemory(from: source)
                    }
                }
            }
        }
    }
}

extension Graph {
    /// The graph with other elements of constants.
    fileprivate func replacing(_ constants: [ValueID], by tensors: [Tensor]) -> Graph {
        var result = self
        for (id, tensor) in zip(constants, tensors) {
            let constant = Constant(tensor)
            let value = result.addValue(constant.type, name: self[id].name, constant: constant)
            result.redirect(id, to: value)
        }
        return result
    }
}
