import GraphIR

/// The state of one run of the driver.
struct PassRun {
    private(set) var report = OptimizationReport()
    private var context: PassContext
    private var indices: [String: Int] = [:]
    private var seenLayers: [Set<String>] = []
    private var patchesLeft: Int
    private let verifiesEveryPatch: Bool
    private var applied: [Application: Int] = [:]

    /// What a pass did at a node.
    ///
    /// The name of an output stays the same however often the node is replaced.
    private struct Application: Hashable {
        let pass: String
        let op: Op
        let inputs: [ValueID]
        let name: String
    }

    init(
        _ passes: some Sequence<any Pass>, _ context: PassContext, stopAfter: Int?,
        verifiesEveryPatch: Bool
    ) {
        self.context = context
        self.verifiesEveryPatch = verifiesEveryPatch
        patchesLeft = stopAfter ?? Int.max
        for pass in passes where indices[pass.name] == nil {
            indices[pass.name] = report.passes.count
            seenLayers.append([])
            report.passes.append(PassReport(name: pass.name, summary: pass.summary))
        }
    }

    /// Offers every node to the pass and returns whether it changed anything.
    ///
    /// - Throws: `Problem.Kind.invalidGraph`, naming the pass, if it breaks the graph.
    mutating func run(_ pass: any Pass, on graph: inout Graph) throws -> Bool {
        var changed = false
        for id in graph.nodeIDs {
            guard patchesLeft > 0 else { break }
            guard let node = graph.node(id) else { continue }
            switch try pass.rewrite(node, in: graph, context) {
            case .none: break
            case .refused(let reason): context.refusals[id] = reason
            case .patch(let patch):
                guard accepts(pass, node, in: graph) else { continue }
                record(pass, node, note: patch.note)
                try graph.apply(consume patch, pass: pass.name)
                if verifiesEveryPatch { try graph.verify(after: pass.name) }
                changed = true
            }
        }
        if changed, !verifiesEveryPatch { try graph.verify(after: pass.name) }
        return changed
    }

    /// Lets `body` run passes on a graph whose nodes have nothing to do with those seen so far.
    mutating func onAnotherGraph(_ body: (inout PassRun) throws -> Void) rethrows {
        let (applied, refusals) = (applied, context.refusals)
        (self.applied, context.refusals) = ([:], [:])
        try body(&self)
        (self.applied, context.refusals) = (applied, refusals)
    }

    mutating func report(_ fault: OptimizationReport.Fault) {
        report.faults.append(fault)
    }

    mutating func finish(after duration: Duration) -> OptimizationReport {
        report.duration = duration
        return report
    }

    /// Whether the pass has not done the same before at a node that this one took the place of.
    ///
    /// Nodes that are equal from the start are not replaced by each other: none is younger than the first application.
    private mutating func accepts(_ pass: any Pass, _ node: Node, in graph: Graph) -> Bool {
        let application = Application(
            pass: pass.name, op: node.op, inputs: node.inputs, name: graph[node.output].name)
        if let youngest = applied[application], node.id.index >= youngest {
            let fault = OptimizationReport.Fault.repeatedPatch(pass: pass.name, layer: node.layer)
            if !report.faults.contains(fault) { report.faults.append(fault) }
            return false
        }
        applied[application] = graph.nextNodeIndex
        return true
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
}
