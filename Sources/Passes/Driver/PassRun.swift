import Foundations
import GraphIR
import Problems

/// The state of one run of the driver.
struct PassRun {
    private(set) var report = OptimizationReport()
    private var context: PassContext
    private var indices: [String: Int] = [:]
    private var seenLayers: [Set<String>] = []
    private var patchesLeft: Int
    private let verifiesEveryPatch: Bool
    private var memory = Memory()

    /// What has been done to one graph.
    private struct Memory {
        var applied: Set<Application> = []
        /// For nodes that took the place of others the first one of that place.
        var origins: [NodeID: NodeID] = [:]
        /// The last sweeps of passes, by name, if they changed nothing.
        var idleSweeps: [String: IdleSweep] = [:]
    }

    /// A sweep that changed nothing.
    private struct IdleSweep {
        /// How many patches had been applied by then.
        let firings: Int
        let refusals: [NodeID: String]
    }

    /// What a pass did at a place of the graph.
    private struct Application: Hashable {
        let pass: String
        let op: Op
        let inputs: [ValueID]
        let place: NodeID
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

    /// What a look at a node takes, in steps of a budget.
    private static let stepsPerVisit = 300

    /// Offers every node to the pass and returns whether it changed anything.
    ///
    /// A pass that has left this very graph as it is does so again, and is not asked.
    ///
    /// - Throws: `Problem.Kind.invalidGraph`, naming the pass, if it breaks the graph.
    mutating func run(_ pass: any Pass, on graph: inout Graph) throws -> Bool {
        let firings = report.firings
        if let idle = memory.idleSweeps[pass.name], idle.firings == firings {
            context.refusals.merge(idle.refusals) { $1 }
            return false
        }
        var ids = graph.nodeIDs[...]
        try ResourceBudget.current.spend(
            Self.stepsPerVisit * ids.count, on: "the pass '\(pass.name)'")
        context.sweep = PassSweep()
        var refusals: [NodeID: String] = [:]
        while patchesLeft > 0, let patch = try nextPatch(of: pass, at: &ids, in: graph, &refusals) {
            try apply(consume patch, of: pass, to: &graph)
            if verifiesEveryPatch { try graph.verify(after: pass.name) }
        }
        guard report.firings > firings else {
            memory.idleSweeps[pass.name] = IdleSweep(firings: firings, refusals: refusals)
            return false
        }
        if !verifiesEveryPatch { try graph.verify(after: pass.name) }
        return true
    }

    /// Offers nodes to a pass, up to the first that it wants to change; nil if there is none.
    private mutating func nextPatch(
        of pass: any Pass, at ids: inout ArraySlice<NodeID>, in graph: Graph,
        _ refusals: inout [NodeID: String]
    ) throws -> GraphPatch? {
        let budget = ResourceBudget.current
        while let id = ids.popFirst() {
            guard let node = graph.node(id) else { continue }
            if budget.limitsTime {
                try locating(layer: node.layer) {
                    try budget.checkTime("the pass '\(pass.name)'")
                }
            }
            switch try pass.rewrite(node, in: graph, context) {
            case .none: break
            case .refused(let reason):
                context.refusals[id] = reason
                refusals[id] = reason
            case .patch(let patch):
                guard accepts(pass, node) else { continue }
                record(pass, node, note: patch.note)
                return patch
            }
        }
        return nil
    }

    /// Lets `body` run passes on a graph whose nodes have nothing to do with those seen so far.
    mutating func onAnotherGraph(_ body: (inout PassRun) throws -> Void) rethrows {
        let (memory, refusals) = (memory, context.refusals)
        (self.memory, context.refusals) = (Memory(), [:])
        try body(&self)
        (self.memory, context.refusals) = (memory, refusals)
    }

    mutating func report(_ fault: OptimizationReport.Fault) {
        report.faults.append(fault)
    }

    mutating func finish(after duration: Duration) -> OptimizationReport {
        report.duration = duration
        return report
    }

    /// Whether the pass has not done the same before at this place.
    private mutating func accepts(_ pass: any Pass, _ node: Node) -> Bool {
        let application = Application(
            pass: pass.name, op: node.op, inputs: node.inputs,
            place: memory.origins[node.id] ?? node.id)
        if memory.applied.insert(application).inserted { return true }
        let fault = OptimizationReport.Fault.repeatedPatch(pass: pass.name, layer: node.layer)
        if !report.faults.contains(fault) { report.faults.append(fault) }
        return false
    }

    /// Applies a patch and notes which new nodes take the place of others.
    private mutating func apply(
        _ patch: consuming GraphPatch, of pass: any Pass, to graph: inout Graph
    ) throws {
        let firstNew = graph.nextNodeIndex
        let places = patch.replacements.map { (graph.producer(of: $0.old)?.id, $0.new) }
        try graph.apply(patch, pass: pass.name)
        for case (let old?, let new) in places {
            guard let maker = graph.producer(of: new)?.id, maker.index >= firstNew else { continue }
            memory.origins[maker] = memory.origins[old] ?? old
        }
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
