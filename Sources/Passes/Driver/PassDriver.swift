import Foundations
import GraphIR
import Problems

/// Runs the pipeline on a graph.
///
/// Each stage is run over and over until none of its passes has anything left to do. The graph is verified after every patch,
/// or after every pass that changed something. The bodies of loops come before the graph that they are in.
package struct PassDriver: Sendable {
    /// Far more rounds than any graph takes; passes that undo each other end here.
    static let largestRoundCount = 64

    #if DEBUG
        /// Whether the graph is verified after every patch unless the caller says otherwise.
        package static let verifiesEveryPatch = true
    #else
        /// Whether the graph is verified after every patch unless the caller says otherwise.
        package static let verifiesEveryPatch = false
    #endif

    private let stages: [[any Pass]]
    private let stopAfter: Int?
    private let verifiesEveryPatch: Bool
    private let context: PassContext

    /// A driver for `stages`.
    ///
    /// - Parameters:
    ///   - disabled: names of passes to leave out.
    ///   - stopAfter: the number of patches after which to stop, to find by bisection the one at fault.
    ///   - verifiesEveryPatch: whether a fault is to be found at the patch that made it, at the cost of a look at the whole graph.
    ///   - context: what passes may take into account.
    /// - Throws: `Problem.Kind.invalidArgument` for a name that no pass has.
    package init(
        stages: [[any Pass]] = Pipeline.stages, disabled: Set<String> = [], stopAfter: Int? = nil,
        verifiesEveryPatch: Bool = PassDriver.verifiesEveryPatch,
        context: PassContext = PassContext()
    ) throws {
        let names = Set(stages.joined().map(\.name))
        if let unknown = disabled.subtracting(names).min() {
            let nearest = NearestName.nearest(to: unknown, among: names.sorted())
            throw Problem(
                .invalidArgument(
                    "there is no pass '\(unknown)'",
                    remedy: (nearest.map { "Did you mean '\($0)'? " } ?? "")
                        + "All are listed by \(.passList)."))
        }
        self.stages = stages.map { $0.filter { !disabled.contains($0.name) } }
        self.stopAfter = stopAfter
        self.verifiesEveryPatch = verifiesEveryPatch
        self.context = context
    }

    /// Optimizes `graph`.
    ///
    /// - Parameter progress: is told which part of the stages is done, 0…1; what it throws ends the work.
    /// - Throws: `Problem.Kind.invalidGraph`, naming the pass, if a pass breaks the graph; that is a bug.
    package func run(
        on graph: inout Graph, progress: (Double) throws -> Void = { _ in }
    ) throws -> OptimizationReport {
        let start = ContinuousClock.now
        var run = PassRun(
            stages.joined(), context, stopAfter: stopAfter, verifiesEveryPatch: verifiesEveryPatch)
        try optimize(&graph, &run, progress: progress)
        return run.finish(after: ContinuousClock.now - start)
    }

    private func optimize(
        _ graph: inout Graph, _ run: inout PassRun, progress: (Double) throws -> Void = { _ in }
    ) throws {
        for id in graph.nodeIDs {
            guard case .loop(var loop)? = graph.node(id)?.op else { continue }
            let firings = run.report.firings
            var body = loop.body.graph
            try run.onAnotherGraph { try optimize(&body, &$0) }
            guard run.report.firings > firings else { continue }
            loop.body = LoopBody(body)
            try graph.setOp(loop.op, of: id)
        }
        for (index, stage) in stages.enumerated() {
            try progress(Double(index) / Double(stages.count))
            try settle(stage, &graph, &run)
        }
    }

    /// Runs a stage until none of its passes has anything left to do.
    private func settle(_ stage: [any Pass], _ graph: inout Graph, _ run: inout PassRun) throws {
        var changing: [any Pass] = []
        for _ in 0..<Self.largestRoundCount {
            changing = try stage.filter { try run.run($0, on: &graph) }
            if changing.isEmpty { return }
        }
        run.report(.unsettledStage(passes: changing.map(\.name)))
    }
}
