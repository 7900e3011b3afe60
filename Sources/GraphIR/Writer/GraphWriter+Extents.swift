import Problems
import Tensors

extension GraphWriter {
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
            throw Problem.unknownSizes(ofReshape: "of \(shape(of: x))", layer: layer)
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
