import Foundations
import Tensors

/// The size of a graph.
package struct GraphCost: Sendable, Equatable {
    /// Operations.
    package var operations = 0
    /// Elements of constants that nodes read, each constant counted once.
    package var parameters = 0
    /// Bytes of these constants as they are stored.
    package var parameterBytes = 0
    /// Multiply-accumulate operations of one run; free extents count as one.
    package var multiplyAccumulates = 0

    package init() {}
}

extension Graph {
    /// The size of the graph.
    package var cost: GraphCost {
        var cost = GraphCost()
        var seen: Set<ValueID> = []
        for node in nodes {
            cost.operations += 1
            cost.multiplyAccumulates = saturatingSum(
                cost.multiplyAccumulates, multiplyAccumulates(of: node))
            for body in node.op.payload.bodies.map(\.cost) {
                cost.parameters += body.parameters
                cost.parameterBytes += body.parameterBytes
            }
            for input in node.inputs where seen.insert(input).inserted {
                guard let constant = constant(input) else { continue }
                cost.parameters += constant.shape.elementCount
                let bits = self[input].storage.dtype?.bitCount ?? constant.dtype.bitCount
                cost.parameterBytes += constant.shape.elementCount * bits / 8
            }
        }
        return cost
    }

    /// Multiply-accumulate operations of one run of a node.
    package func multiplyAccumulates(of node: Node) -> Int {
        node.op.payload.multiplyAccumulates(
            inputs: node.inputs.map { self[$0].type }, outputs: node.outputs.map { self[$0].type })
    }
}
