import Tensors

/// An extent of a shape that is being built.
package enum Extent: Sendable, Hashable {
    case known(Int)
    /// The extent of a value along an axis, counted from the front.
    case axis(Int, of: ValueID)
    /// What the other extents leave; only one can be this.
    case rest

    /// The inputs of an operation on x that takes these extents, and the extents in its terms.
    static func targets(
        of extents: [Extent], after x: ValueID
    ) -> (inputs: [ValueID], target: [TargetExtent]) {
        var inputs = [x]
        let target = extents.map { extent -> TargetExtent in
            switch extent {
            case .known(let size): return .known(size)
            case .rest: return .rest
            case .axis(let axis, let value):
                if let index = inputs.firstIndex(of: value) {
                    return .axis(axis, ofInput: index)
                }
                inputs.append(value)
                return .axis(axis, ofInput: inputs.count - 1)
            }
        }
        return (inputs, target)
    }

    /// The extents of a reshape of x from `dims` to `target`, in which unknown extents at the front and at the end stay, and
    /// at most one between them follows from the others; nil if that does not fit.
    static func keeping(_ dims: [Int], of x: ValueID, in target: [Int]) -> [Extent]? {
        let limit = min(dims.count, target.count)
        let front = (0..<limit).first { dims[$0] != target[$0] } ?? limit
        let back =
            (0..<limit - front).first {
                dims[dims.count - 1 - $0] != target[target.count - 1 - $0]
            } ?? limit - front
        let from = Shape(Array(dims[front..<dims.count - back]))
        let to = Shape(Array(target[front..<target.count - back]))
        let open = to.dims.count { $0 == Shape.free }
        guard open == 1 ? !from.isStatic : open == 0 && from.isStatic else { return nil }
        guard open == 1 || from.elementCount == to.elementCount else { return nil }
        return target.indices.map { position in
            guard target[position] == Shape.free else { return .known(target[position]) }
            if position < front { return .axis(position, of: x) }
            let distance = target.count - position
            return distance <= back ? .axis(dims.count - distance, of: x) : .rest
        }
    }
}
