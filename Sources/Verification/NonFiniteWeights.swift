import Foundations
import GraphIR
import Tensors

/// Finds weights that are not finite numbers.
package enum NonFiniteWeights {
    /// The layers with a weight that is NaN or infinite, in running order.
    ///
    /// - Parameter threads: how many threads read the weights, if these are many.
    package static func layers(of graph: Graph, threads: ThreadBudget) -> [String] {
        let constants = graph.weights
        let byteCount = constants.reduce(0) { saturatingSum($0, $1.constant.byteCount) }
        let threads = threads.limited(to: 1 + byteCount / bytesPerThread)
        let isDamaged = threads.map(constants.count) {
            constants[$0].constant.containsNonFinite
        }
        var layers: [String] = []
        for (weight, isDamaged) in zip(constants, isDamaged)
        where isDamaged && !layers.contains(weight.layer) {
            layers.append(weight.layer)
        }
        return layers
    }

    /// Fewer bytes are read faster than another thread starts.
    private static let bytesPerThread = 4 << 20
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
