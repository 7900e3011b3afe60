import GraphIR
import Tensors

extension Graph {
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
