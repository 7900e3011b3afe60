import Tensors

extension GraphBuilder {
    /// What the elements of integers are: numbers, extents of values, or nil if they are computed from such.
    ///
    /// Nil as a whole if the integers are not followed back to constants and shapes.
    package func shapeElements(_ value: ValueID, depth: Int = 0) -> [Extent?]? {
        if let constant = graph[value].constant {
            guard !constant.dtype.isFloat, constant.shape.rank <= 1 else { return nil }
            guard constant.shape.elementCount <= 64 else { return nil }
            return constant.doubles().map { Int(exactly: $0).map { .known($0) } }
        }
        guard depth < 64, let node = graph.producer(of: value) else { return nil }
        let inputs = node.inputs.map { shapeElements($0, depth: depth + 1) }
        if case .shapeOf = node.op { return extents(of: node.inputs[0]) }
        if case .reshape = node.op { return inputs[0] }
        if case .cast = node.op { return inputs[0] }
        if case .concatenate = node.op {
            return inputs.allSatisfy { $0 != nil } ? inputs.flatMap { $0 ?? [] } : nil
        }
        if case .slice(let slice) = node.op {
            guard slice.begin.count == 1, slice.begin[0] >= 0, let all = inputs[0] else {
                return nil
            }
            let count = shape(of: value).elementCount
            let indices = (0..<count).map { slice.begin[0] + $0 * slice.strides[0] }
            return indices.allSatisfy(all.indices.contains) ? indices.map { all[$0] } : nil
        }
        guard case .binary(let binary) = node.op, let a = inputs[0], let b = inputs[1],
            !a.isEmpty, !b.isEmpty
        else { return nil }
        return (0..<max(a.count, b.count)).map { index in
            computed(binary.kind, a[a.count == 1 ? 0 : index], b[b.count == 1 ? 0 : index])
        }
    }

    /// A function of two known numbers; nil for others.
    private func computed(_ kind: Binary.Kind, _ a: Extent?, _ b: Extent?) -> Extent? {
        guard case .known(let a)? = a, case .known(let b)? = b else { return nil }
        switch kind {
        case .add: return .known(a &+ b)
        case .subtract: return .known(a &- b)
        case .multiply: return .known(a &* b)
        case .floorDivide where a >= 0 && b > 0: return .known(a / b)
        default: return nil
        }
    }
}
