import GraphIR
import Targets

/// Writes a PReLU whose slopes are all equal as a leaky ReLU.
///
///     before   x ─ PReLU(0.2, 0.2, …) ─ y
///     after    x ─ LeakyReLU(0.2) ─ y
///
/// PRELU with a slope of one element gives wrong values in the runtimes 2.9 to 2.14, and LEAKY_RELU reads no constant.
/// Exact.
struct ExpandSharedSlope: Expansion {
    let name = "expand-shared-slope"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .prelu = node.op, let slopes = graph.constant(node.inputs[1])?.doubles(),
            let slope = slopes.first, slopes.allSatisfy({ $0 == slope }),
            graph[node.output].type == graph[node.inputs[0]].type
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) {
            try $0.add(LeakyReLU(alpha: Float(slope)).op, [node.inputs[0]])
        }
    }
}
