import Foundations
import GraphIR
import Problems

/// Runs the pipeline on a graph.
///
/// Each stage is run over and over until none of its passes has anything left to do. After every pass run that changed
/// something the whole graph is verified. The bodies of loops come before the graph that they are in.
package struct PassDriver: Sendable {
    /// Far more rounds than any graph takes; two passes that undo each other end here.
    static let largestRoundCount = 64

    private let stages: [[any Pass]]
    private let stopAfter: Int?

    /// A driver for `stages`.
    ///
    /// - Parameters:
    ///   - disabled: names of passes to leave out.
    ///   - stopAfter: the number of patches after which to stop, to find by bisection the one at fault.
    /// - Throws: `Problem.Kind.invalidArgument` for a name that no pass has.
    package init(
        stages: [[any Pass]] = Pipeline.stages, disabled: Set<String> = [], stopAfter: Int? = nil
    ) throws {
        let names = Set(stages.joined().map(\.name))
        if let unknown = disabled.subtracting(names).min() {
            let nearest = NearestName.nearest(to: unknown, among: names.sorted())
            throw Problem(
                .invalidArgument(
                    "there is no pass '\(unknown)'",
                    remedy: (nearest.map { "Did you mean '\($0)'? " } ?? "")
                        + "All are listed by --list-passes."))
        }
        self.stages = stages.map { $0.filter { !disabled.contains($0.name) } }
        self.stopAfter = stopAfter
    }

    /// Optimizes `graph`.
    ///
    /// - Parameter progress: is told which part of the stages is done, 0…1; what it throws ends the work.
    /// - Throws: `Problem.Kind.invalidGraph`, naming the pass, where a pass breaks the graph; that is a bug.
    package func run(
        on graph: inout Graph, progress: (Double) throws -> Void = { _ in }
    ) throws -> OptimizationReport {
        let start = ContinuousClock.now
        var run = Run(stages, stopAfter: stopAfter)
        let before = graph.batchNormalizationLayers
        try optimize(&graph, &run, progress: progress)
        run.report.batchNormalizationCount = before.count
        run.report.remainingBatchNormalizations = run.remaining(before, in: graph)
        run.report.duration = ContinuousClock.now - start
        return run.report
    }

    private func optimize(
        _ graph: inout Graph, _ run: inout Run, progress: (Double) throws -> Void = { _ in }
    ) throws {
        for id in graph.nodeIDs {
            guard case .loop(var loop)? = graph.node(id)?.op else { continue }
            let firings = run.report.firings
            var body = loop.body.graph
            try optimize(&body, &run)
            guard run.report.firings > firings else { continue }
            loop.body = LoopBody(body)
            graph.setOp(loop.op, of: id)
        }
        for (index, stage) in stages.enumerated() {
            try progress(Double(index) / Double(stages.count))
            for _ in 0..<Self.largestRoundCount {
                var changed = false
                for pass in stage where try run.run(pass, on: &graph) { changed = true }
                if !changed { break }
            }
        }
    }
}

/// The state of one run of the driver.
private struct Run {
    var report = OptimizationReport()
    private var indices: [String: Int] = [:]
    private var seenLayers: [Set<String>] = []
    private var patchesLeft: Int

    init(_ stages: [[any Pass]], stopAfter: Int?) {
        patchesLeft = stopAfter ?? Int.max
        for pass in stages.joined() where indices[pass.name] == nil {
            indices[pass.name] = report.passes.count
            seenLayers.append([])
            report.passes.append(PassReport(name: pass.name, summary: pass.summary))
        }
    }

    /// Offers every node to the pass and returns whether it changed anything.
    mutating func run(_ pass: any Pass, on graph: inout Graph) throws -> Bool {
        var changed = false
        for id in graph.nodeIDs {
            guard patchesLeft > 0 else { break }
            guard let node = graph.node(id), let patch = try pass.patch(for: node, in: graph)
            else { continue }
            record(pass, node, note: patch.note)
            try graph.apply(consume patch, pass: pass.name)
            changed = true
        }
        if changed { try graph.verify(after: pass.name) }
        return changed
    }

    private mutating func record(_ pass: any Pass, _ node: Node, note: String?) {
        patchesLeft -= 1
        report.firings += 1
        guard let index = indices[pass.name] else { return }
        report.passes[index].firings += 1
        if seenLayers[index].insert(node.layer).inserted {
            report.passes[index].layers.append(node.layer)
        }
        if let note {
            report.passes[index].notes.append(PassReport.Note(layer: node.layer, reason: note))
        }
    }

    /// The layers of `before` whose batch normalization a pass wrote in another form, or that still is in the graph.
    func remaining(_ before: [String], in graph: Graph) -> [PassReport.Note] {
        let original = Set(before)
        let rewritten = report.passes.flatMap(\.notes).filter { original.contains($0.layer) }
        let untouched = graph.batchNormalizationLayers.filter { original.contains($0) }
        return rewritten
            + untouched.map { PassReport.Note(layer: $0, reason: "no pass has treated it") }
    }
}

extension Graph {
    fileprivate var batchNormalizationLayers: [String] {
        nodes.compactMap { node in
            if case .batchNormalization = node.op { node.layer } else { nil }
        }
    }
}
