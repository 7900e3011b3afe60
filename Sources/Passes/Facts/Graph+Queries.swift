import GraphIR
import Tensors

extension Graph {
    /// The producer of a value that nothing but one node reads; nil where the value is read elsewhere or no node's result.
    func soleProducer(of id: ValueID) -> Node? {
        useCount(of: id) == 1 ? producer(of: id) : nil
    }

    /// The only reader of a value; nil where there are several or the value is an output of the graph.
    func soleUser(of id: ValueID) -> Node? {
        useCount(of: id) == 1 ? users(of: id).first : nil
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

extension GraphPatch {
    /// A patch that replaces the only output of `node` by what `body` builds.
    static func replacing(
        _ node: Node, in graph: Graph, note: String? = nil,
        _ body: (inout GraphPatch) throws -> ValueID
    ) rethrows -> GraphPatch {
        var patch = GraphPatch(for: graph)
        let new = try body(&patch)
        patch.replace(node.output, with: new)
        patch.note = note
        return patch
    }
}

extension Shape {
    /// The axis of `target`, a reshape of this shape, that runs over the same elements as `axis`; nil where there is none.
    func axis(_ axis: Int, in target: Shape) -> Int? {
        func outer(_ shape: Shape, _ axis: Int) -> (Int, Int) {
            let dims = shape.dims.prefix(axis)
            return (Shape(Array(dims)).elementCount, dims.count { $0 == Shape.free })
        }
        func inner(_ shape: Shape, _ axis: Int) -> (Int, Int) {
            let dims = shape.dims.dropFirst(axis + 1)
            return (Shape(Array(dims)).elementCount, dims.count { $0 == Shape.free })
        }
        return target.dims.indices.first { candidate in
            target.dims[candidate] == dims[axis] && outer(self, axis) == outer(target, candidate)
                && inner(self, axis) == inner(target, candidate)
        }
    }

    /// Whether a tensor of this shape has at most one free extent.
    var canBeReshapeTarget: Bool { dims.count { $0 == Shape.free } <= 1 }
}
