import Problems
import Tensors

extension GraphBuilder {
    /// An extent of a shape that is being built.
    package enum Extent: Sendable, Hashable {
        case known(Int)
        /// The extent of a value along an axis, counted from the front.
        case axis(Int, of: ValueID)
        /// What the other extents leave; only one can be this.
        case rest
    }

    /// An extent of a value: known, or to be taken from it at run time.
    package func extent(_ axis: Int, of x: ValueID) -> Extent {
        let extent = shape(of: x)[axis]
        let position = axis < 0 ? axis + shape(of: x).rank : axis
        return extent == Shape.free ? .axis(position, of: x) : .known(extent)
    }

    /// All extents of a value.
    package func extents(of x: ValueID) -> [Extent] {
        (0..<shape(of: x).rank).map { extent($0, of: x) }
    }

    /// The elements under a shape whose extents may follow from values.
    ///
    /// A single unknown extent needs no operation that computes shapes.
    package func reshape(_ x: ValueID, _ extents: [Extent]) throws -> ValueID {
        let open = extents.count {
            if case .known = $0 { false } else { true }
        }
        if open <= 1 {
            return try reshape(
                x,
                extents.map { if case .known(let extent) = $0 { extent } else { Shape.free } })
        }
        if extents == self.extents(of: x) { return x }
        guard extents.count(where: { $0 == .rest }) <= 1 else {
            throw Problem(
                .unsupported(
                    what: "a reshape of \(shape(of: x)) has several unknown sizes",
                    remedy: "Fix them with --input-shape."), layer: layer)
        }
        let (inputs, target) = Extent.targets(of: extents, after: x)
        return try add(.reshapeLike(ReshapeLike(target)), inputs)
    }

    /// x repeated along axes of extent 1, and new ones in front, up to extents that may follow from values.
    package func broadcast(_ x: ValueID, _ extents: [Extent]) throws -> ValueID {
        let dims = extents.compactMap { if case .known(let extent) = $0 { extent } else { nil } }
        if dims.count == extents.count {
            return dims == shape(of: x).dims ? x : try add(.broadcast(Broadcast(dims)), [x])
        }
        if extents == self.extents(of: x) { return x }
        let (inputs, target) = Extent.targets(of: extents, after: x)
        return try add(.broadcastLike(BroadcastLike(target)), inputs)
    }
}

extension GraphBuilder.Extent {
    /// The inputs of an operation on x that takes these extents, and the extents in its terms.
    fileprivate static func targets(
        of extents: [GraphBuilder.Extent], after x: ValueID
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
    /// at most one between them follows from the others; nil where that does not fit.
    static func keeping(
        _ dims: [Int], of x: ValueID, in target: [Int]
    ) -> [GraphBuilder.Extent]? {
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
