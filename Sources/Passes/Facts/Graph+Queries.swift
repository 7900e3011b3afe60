import GraphIR
import Tensors

extension Graph {
    /// The producer of a value that nothing but one node reads; nil if the value is read elsewhere or no node's result.
    func soleProducer(of id: ValueID) -> Node? {
        useCount(of: id) == 1 ? producer(of: id) : nil
    }

    /// The only reader of a value; nil if there are several or the value is an output of the graph.
    func soleUser(of id: ValueID) -> Node? {
        useCount(of: id) == 1 ? users(of: id).first : nil
    }

    /// How the outputs of a node change if its inputs are scaled and shifted.
    func linearity(of node: Node) -> Linearity {
        node.op.payload.linearity(for: types(of: node.inputs))
    }

    /// Where the axes of a node's first output come from.
    func axes(of node: Node) -> AxisMap {
        node.op.payload.axes(for: types(of: node.inputs))
    }

    /// The elements of a constant of at most `limit` elements.
    func smallConstant(_ id: ValueID, limit: Int = 1 << 20) -> [Double]? {
        guard let constant = constant(id), constant.shape.elementCount <= limit else { return nil }
        return constant.doubles()
    }

    /// The value of a constant all of whose elements are equal, looking at no more than `limit` elements.
    func uniformConstant(_ id: ValueID, limit: Int = 4096) -> Double? {
        guard let values = smallConstant(id, limit: limit), let first = values.first,
            values.allSatisfy({ $0 == first })
        else { return nil }
        return first
    }

    /// The other input of a binary node whose one input is a constant.
    func splitConstant(_ node: Node) -> (variable: ValueID, constant: ValueID, isFirst: Bool)? {
        guard node.inputs.count == 2 else { return nil }
        let (a, b) = (node.inputs[0], node.inputs[1])
        switch (isConstant(a), isConstant(b)) {
        case (false, true): return (a, b, false)
        case (true, false): return (b, a, true)
        default: return nil
        }
    }
}
