import Foundations
import GraphIR
import Passes
import Quantization
import Tensors

/// Leaves channels out, in running order, and fits each layer behind them to the inputs that it then has, towards what it computed
/// before.
struct ChannelReduction {
    /// Places of a result that a fit looks at.
    private static let rowLimit = 6144

    let graph: Graph
    let samples: [[Tensor]]
    let seed: UInt64
    let threads: ThreadBudget

    /// The graph with these channels only.
    ///
    /// - Parameter check: called before each node; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    func graph(keeping choices: [ChannelChoice], check: () throws -> Void = {}) throws -> Graph {
        let stages = try fitted(choices, check)
        let ends = Dictionary(
            choices.map { ($0.site.end.node.id, $0) }, uniquingKeysWith: { first, _ in first })
        var result = graph
        // What stands in the result for linear nodes of the graph.
        var present: [NodeID: Node] = [:]
        for node in graph.nodes {
            guard let stage = stages[node.id] else { continue }
            var value: ValueID?
            if let choice = ends[node.id] {
                let start = choice.site.start.node
                guard let path = ChannelPath(from: present[start.id] ?? start, in: result) else {
                    continue
                }
                let patch = PatchWriter(for: node, in: result)
                let end = try path.rebuilt(
                    keeping: choice.kept, endFilter: choice.spread(stage.constants[0].doubles()),
                    endBias: stage.constants[1].doubles(), patch: patch)
                try result.apply(patch.replacing(node, by: end), pass: "approximate")
                value = end
            } else {
                // What it reads may have been replaced.
                let input = result.node(node.id)?.inputs[0] ?? node.inputs[0]
                value = try Reconstruction.replace(node, by: [stage], reading: input, in: &result)
            }
            present[node.id] = value.flatMap { result.producer(of: $0) }
        }
        return result
    }

    /// Weights and biases for all outputs of each linear node that has to change.
    private func fitted(
        _ choices: [ChannelChoice], _ check: () throws -> Void
    ) throws -> [NodeID: Stage] {
        let roles = ChannelRoles(choices)
        let original = try PairedRun(graph, samples, threads: threads)
        let reduced = try PairedRun(graph, samples, threads: threads)
        var (stages, isChanged): ([NodeID: Stage], Bool) = ([:], false)
        for node in graph.nodes {
            try check()
            let targets = try original.results(of: node)
            var outputs = targets
            if isChanged || roles.starts[node.id] != nil {
                if let site = LinearSite(node, in: graph) {
                    let inputs = try reduced.tensors(of: node.inputs[0])
                    var stage = Stage(site.op, site.filter, bias: site.bias)
                    if isChanged {
                        let filter = roles.ends[node.id]?.endFilter ?? site.filter
                        stage = fitted(site, filter, inputs, targets[0])
                        stages[node.id] = stage
                    }
                    if let choice = roles.starts[node.id] {
                        stage = stage.keeping(choice.kept, of: 0)
                        isChanged = true
                    }
                    outputs = [try StageRun.outputs(of: [stage], on: inputs, threads: threads)]
                } else if let stage = roles.stage(for: node, in: graph) {
                    let inputs = try reduced.tensors(of: node.inputs[0])
                    outputs = [try StageRun.outputs(of: [stage], on: inputs, threads: threads)]
                } else {
                    outputs = try reduced.results(of: node)
                }
            }
            try original.finish(node, targets)
            try reduced.finish(node, outputs)
        }
        return stages
    }

    private func fitted(
        _ site: LinearSite, _ filter: Filter, _ inputs: [Tensor], _ targets: [Tensor]
    ) -> Stage {
        let places = PositionSample(
            in: targets, limit: Self.rowLimit, seed: seed &+ UInt64(site.node.id.index))
        return LastStageFit(
            Stage(site.op, filter, bias: site.bias), inputs, at: places, threads: threads
        ).fit(places.rows(of: targets), clamp: site.clamp).stage
    }
}

/// What nodes have to do with channels that are left out.
private struct ChannelRoles {
    private(set) var starts: [NodeID: ChannelChoice] = [:]
    private(set) var ends: [NodeID: ChannelChoice] = [:]
    private var depthwise: [NodeID: ChannelChoice] = [:]
    private var flattening: Set<NodeID> = []

    init(_ choices: [ChannelChoice]) {
        for choice in choices {
            starts[choice.site.start.node.id] = choice
            ends[choice.site.end.node.id] = choice
            for step in choice.site.path.steps {
                if case .depthwise(let linear) = step { depthwise[linear.node.id] = choice }
                if case .flattening(let node) = step { flattening.insert(node.id) }
            }
        }
    }

    /// What a node on the way becomes if it is not the same for fewer channels.
    func stage(for node: Node, in graph: Graph) -> Stage? {
        if let choice = depthwise[node.id] {
            let constants = node.inputs.dropFirst().compactMap { graph.constant($0) }
            return Stage(node.op, constants).keeping(choice.kept, of: 3)
        }
        guard flattening.contains(node.id) else { return nil }
        return Stage(Reshape([graph[node.output].shape[0], -1]).op, [])
    }
}

extension Stage {
    /// The stage with some of its output channels, over which an axis of the filter runs.
    fileprivate func keeping(_ channels: [Int], of axis: Int) -> Stage {
        let shape = constants[0].shape
        let elements = constants[0].doubles()
        let (inner, extent) = (shape.strides[axis], shape[axis])
        var kept: [Double] = []
        for outer in stride(from: 0, to: elements.count, by: inner * extent) {
            for channel in channels {
                kept += elements[outer + channel * inner..<outer + (channel + 1) * inner]
            }
        }
        var dims = shape
        dims[axis] = channels.count
        let biases = constants.dropFirst().map { bias in
            let values = bias.doubles()
            return Constant(channels.map { values[$0] }, [channels.count])
        }
        return Stage(op, [Stage.rounded(kept, dims)] + biases)
    }
}
