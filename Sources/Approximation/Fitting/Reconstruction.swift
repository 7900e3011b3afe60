import Foundations
import GraphIR
import Problems
import Quantization
import Tensors

/// Fits chosen rewrites in running order, each to the inputs that the ones before it leave it, towards what the layer computed
/// before; layers that follow them are fitted again, too.
struct Reconstruction {
    /// Places of a result that a fit looks at.
    private static let rowLimit = 6144

    let graph: Graph
    let samples: [[Tensor]]
    let seed: UInt64
    let threads: ThreadBudget

    /// The graph with these candidates instead of their nodes.
    ///
    /// - Parameter check: called before each node; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    func graph(
        with choices: [NodeID: Candidate], check: () throws -> Void = {}
    ) throws -> Graph {
        let original = try PairedRun(graph, samples, threads: threads)
        let approximated = try PairedRun(graph, samples, threads: threads)
        var result = graph
        // What stands in the result for values of the graph whose makers were replaced.
        var replaced: [ValueID: ValueID] = [:]
        for node in graph.nodes {
            try check()
            let isChanged = !replaced.isEmpty
            let targets = try original.results(of: node)
            var outputs: [[Tensor]]
            if let candidate = choices[node.id] {
                let inputs = try approximated.tensors(of: candidate.input)
                let fitted = try candidate.fit(data(inputs, targets[0], node))
                outputs = [
                    try StageRun.outputs(of: fitted.stages, on: inputs, threads: threads)
                ]
                let input = replaced[candidate.input] ?? candidate.input
                replaced[node.output] = try Self.replace(
                    node, by: fitted.stages, reading: input, in: &result)
            } else if isChanged, let site = LinearSite(node, in: graph) {
                let inputs = try approximated.tensors(of: node.inputs[0])
                let stage = refitted(site, inputs, targets[0])
                outputs = [try StageRun.outputs(of: [stage], on: inputs, threads: threads)]
                let input = replaced[node.inputs[0]] ?? node.inputs[0]
                replaced[node.output] = try Self.replace(
                    node, by: [stage], reading: input, in: &result)
            } else {
                outputs = isChanged ? try approximated.results(of: node) : targets
            }
            try original.finish(node, targets)
            try approximated.finish(node, outputs)
        }
        return result
    }

    private func data(_ inputs: [Tensor], _ targets: [Tensor], _ node: Node) -> FitData {
        FitData(
            inputs: inputs, targets: targets, seed: seed &+ UInt64(node.id.index),
            rowLimit: Self.rowLimit, threads: threads)
    }

    private func refitted(_ site: LinearSite, _ inputs: [Tensor], _ targets: [Tensor]) -> Stage {
        let places = PositionSample(
            in: targets, limit: Self.rowLimit, seed: seed &+ UInt64(site.node.id.index))
        return LastStageFit(
            Stage(site.op, site.filter, bias: site.bias), inputs, at: places, threads: threads
        ).fit(places.rows(of: targets), clamp: site.clamp).stage
    }

    /// Replaces the result of a node by that of stages, and returns the latter.
    @discardableResult
    static func replace(
        _ node: Node, by stages: [Stage], reading input: ValueID, in graph: inout Graph
    ) throws -> ValueID {
        let patch = PatchWriter(for: node, in: graph)
        var value = input
        for (index, stage) in stages.enumerated() {
            let constants = stage.constants.enumerated().map { position, constant in
                patch.constant(constant, role: "stage\(index)/constant\(position)")
            }
            value = try patch.add(stage.op, [value] + constants, role: "stage\(index)")
        }
        try graph.apply(patch.replacing(node, by: value), pass: "approximate")
        return value
    }
}
