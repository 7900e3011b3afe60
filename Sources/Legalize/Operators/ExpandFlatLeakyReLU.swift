import GraphIR
import Targets

/// Spells out a leaky ReLU of slope 0, which some targets do not take.
///
///     before   x ─ LeakyReLU(0) ─ y
///     after    x ─ ReLU ─ y
///
/// Exact.
struct ExpandFlatLeakyReLU: Expansion {
    let name = "expand-flat-leaky-relu"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .leakyReLU(let payload) = node.op, payload.alpha == 0,
            target[.leakyRelu]?.takesZeroSlope != true
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) {
            try $0.add(Unary(.relu).op, node.inputs)
        }
    }
}
