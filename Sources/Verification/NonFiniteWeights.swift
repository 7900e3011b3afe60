import Dispatch
import Foundations
import GraphIR
import Tensors

/// Finds weights that are not finite numbers.
package enum NonFiniteWeights {
    /// The layers with a weight that is NaN or infinite, in running order.
    ///
    /// - Parameter threads: how many threads read the weights.
    package static func layers(of graph: Graph, threads: ThreadBudget) -> [String] {
        let constants = graph.weights
        let state = Locked((next: 0, found: Set<Int>()))
        DispatchQueue.concurrentPerform(iterations: threads.limited(to: constants.count).count) {
            _ in
            while true {
                let index = state.withLock { state in
                    state.next += 1
                    return state.next - 1
                }
                guard index < constants.count else { return }
                guard constants[index].constant.containsNonFinite else { continue }
                state.withLock { _ = $0.found.insert(index) }
            }
        }
        var layers: [String] = []
        for index in state.withLock({ $0.found.sorted() })
        where !layers.contains(constants[index].layer) {
            layers.append(constants[index].layer)
        }
        return layers
    }
}

extension Graph {
    /// The floats that nodes read, in running order, those of bodies with the node that runs them.
    fileprivate var weights: [(layer: String, constant: Constant)] {
        nodes.flatMap { node in
            node.op.payload.bodies.flatMap(\.weights)
                + node.inputs.compactMap { constant($0) }.filter(\.dtype.isFloat)
                .map { (layer: node.layer, constant: $0) }
        }
    }
}
