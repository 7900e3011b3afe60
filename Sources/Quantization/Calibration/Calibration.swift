import Evaluation
import Foundations
import GraphIR
import Problems
import Tensors

/// Something that looks at what one value is in many runs; merging does not depend on the order.
protocol ValueObserver: Sendable {
    /// Looks at the value in one run.
    mutating func add(_ tensor: Tensor)

    /// Takes over what another observer saw in other runs.
    mutating func add(_ other: Self)
}

/// Runs a graph on samples and collects the ranges of its values.
///
/// The result does not depend on the number of threads.
package struct Calibration {
    private let graph: Graph
    private let samples: any SampleSource
    private let threads: ThreadBudget
    private let progress: (Double) throws -> Void

    /// A calibration.
    ///
    /// - Parameter progress: is told which part of the runs is done, 0…1; what it throws ends the work.
    package init(
        _ graph: Graph, _ samples: any SampleSource, threads: ThreadBudget,
        progress: @escaping (Double) throws -> Void = { _ in }
    ) {
        self.graph = graph
        self.samples = samples
        self.threads = threads
        self.progress = progress
    }

    /// The ranges of all float32 values that are computed or given.
    ///
    /// - Throws: `Problem` if a sample cannot be read or run.
    package func ranges(by method: RangeMethod) throws -> [ValueID: ObservedRange] {
        let passes = method == .extremes ? 1.0 : 2.0
        let observed: [ValueID: RangeObserver] = try collect(
            weight: 1 / passes, from: 0
        ) { _ in RangeObserver() }
        let extremes = observed.compactMapValues(\.range)
        guard method != .extremes else { return extremes }
        let histograms: [ValueID: Histogram] = try collect(
            weight: 1 / passes, from: 1 / passes
        ) { id in
            extremes[id].map { Histogram(over: $0) }
        }
        // Inputs and outputs of the model are never cut, nor are cells, which have 16 bits.
        let cells = graph.nodes.filter { $0.op.payload.quantizationRule == .recurrent }
            .flatMap { $0.outputs.dropFirst() }
        let whole = Set((graph.inputs + graph.outputs).map(\.value) + cells)
        return extremes.reduce(into: [:]) { ranges, entry in
            guard !whole.contains(entry.key), let histogram = histograms[entry.key] else {
                ranges[entry.key] = entry.value
                return
            }
            switch method {
            case .extremes: ranges[entry.key] = entry.value
            case .percentile(let percent):
                ranges[entry.key] = histogram.range(percentile: percent)
            case .leastError: ranges[entry.key] = histogram.rangeOfLeastError(levels: 256)
            }
        }
    }

    /// Bytes of weights that all evaluators together may pack.
    private static let weightLimit = 1 << 28

    /// How many samples run at the same time; those of a graph that keeps something run one after the other.
    private var runnerCount: Int {
        guard graph.states.isEmpty else { return 1 }
        let weights = max(graph.cost.parameterBytes, 1)
        return threads.limited(to: max(Self.weightLimit / weights, 1)).limited(to: samples.count)
            .count
    }

    /// Runs all samples and shows each value to an observer of its own.
    ///
    /// - Parameters:
    ///   - weight: the part of the whole work that this is, which begins at `start`.
    ///   - make: the observer of a value; nil for values that nothing is to be known of.
    private func collect<Observer: ValueObserver>(
        weight: Double, from start: Double, _ make: @escaping @Sendable (ValueID) -> Observer?
    ) throws -> [ValueID: Observer] {
        let (count, samples) = (runnerCount, samples)
        nonisolated(unsafe) let runners = (0..<count).map { _ in
            SampleRunner(graph, threads: max(threads.count / count, 1), ObserverTable(make))
        }
        for first in stride(from: 0, to: samples.count, by: 2 * count) {
            try progress(start + weight * Double(first) / Double(samples.count))
            let last = min(first + 2 * count, samples.count)
            _ = try threads.map(count) { runner in
                for index in stride(from: first + runner, to: last, by: count) {
                    try runners[runner].run(samples.inputs(index))
                }
            }
        }
        return runners.dropFirst().reduce(into: runners[0].table.observers) { merged, runner in
            for (id, observer) in runner.table.observers {
                if merged[id] == nil { merged[id] = observer } else { merged[id]?.add(observer) }
            }
        }
    }
}

/// The observers of the values of a graph.
private final class ObserverTable<Observer: ValueObserver> {
    private let make: (ValueID) -> Observer?
    private(set) var observers: [ValueID: Observer] = [:]

    init(_ make: @escaping (ValueID) -> Observer?) {
        self.make = make
    }

    func add(_ id: ValueID, _ tensor: Tensor) {
        guard tensor.dtype == .float32, tensor.count > 0 else { return }
        if observers[id] == nil { observers[id] = make(id) }
        observers[id]?.add(tensor)
    }
}

/// Runs samples one after the other and shows their values to observers, those of recurrent cells at each step.
private final class SampleRunner<Observer: ValueObserver> {
    private let evaluator: GraphEvaluator
    let table: ObserverTable<Observer>

    init(_ graph: Graph, threads: Int, _ table: ObserverTable<Observer>) {
        self.table = table
        evaluator = GraphEvaluator(graph, precision: .fast, threads: threads)
        evaluator.observeStep = { table.add($0, $1) }
    }

    func run(_ inputs: [Tensor]) throws {
        _ = try evaluator.run(inputs) { table.add($0, $1) }
    }
}
