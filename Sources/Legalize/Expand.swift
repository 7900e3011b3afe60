import GraphIR
import Targets

/// Rewrites a graph until a target has an operator for each of its operations.
package enum Legalize {
    /// The rewritings, in the order in which they are tried.
    private static let expansions: [any Expansion] = [
        // Operations that no operator computes.
        ExpandBatchNormalization(),
        ExpandTransposedConvolution(),
        ExpandSquare(),
        ExpandNegation(),
        ExpandSum(),
        ExpandSharedSlope(),
        ExpandFlatLeakyReLU(),
        CastIndices(),
        // Operators that a target may lack.
        ExpandClamps(),
        ExpandBooleanReductions(),
        ExpandOneHot(),
        ExpandGELU(),
        ExpandPower(),
        ExpandArcTangent(),
        ExpandSign(),
        ExpandSelect(),
        ExpandProduct(),
        ExpandTile(),
        ExpandReversal(),
        MoveBooleansAsFloats(),
        // What an operator computes wrongly.
        ExpandWideStrides(),
        // More than an operator takes. Merged axes come before the splitting of what has them.
        MergeAxes(),
        MergeTransposedAxes(),
        MergeBroadcastAxes(),
        SplitConcatenation(),
        SplitReversal(),
    ]

    /// Spells out what `target` lacks and splits what exceeds its limits, in the bodies of loops too.
    ///
    /// Exact, apart from the substitutes that say how much they differ (`ExpandGELU`). What remains beyond a limit is left;
    /// writing it names the layer.
    ///
    /// - Throws: `Problem.Kind.unsupported` if a rewriting needs an extent that is free.
    package static func expand(_ graph: inout Graph, for target: Target) throws {
        for id in graph.nodeIDs {
            guard case .loop(var loop)? = graph.node(id)?.op else { continue }
            var body = loop.body.graph
            try expand(&body, for: target)
            loop.body = LoopBody(body)
            try graph.setOp(loop.op, of: id)
        }
        for expansion in expansions { try apply(expansion, to: &graph, target) }
    }

    private static func apply(
        _ expansion: any Expansion, to graph: inout Graph, _ target: Target
    ) throws {
        var changed = false
        for id in graph.nodeIDs {
            guard let node = graph.node(id),
                let patch = try expansion.patch(for: node, in: graph, target)
            else { continue }
            let replacements = patch.replacements
            try graph.apply(consume patch, pass: expansion.name)
            // It is the same value that operators spell out, so that its tensor keeps the name.
            for (old, new) in replacements { graph.rename(new, to: graph[old].name) }
            changed = true
        }
        if changed { try graph.verify(after: expansion.name) }
    }
}
