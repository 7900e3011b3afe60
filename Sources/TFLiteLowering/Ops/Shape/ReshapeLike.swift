import GraphIR
import TFLiteFormat
import Tensors

extension ReshapeLike {
    /// SQUEEZE and EXPAND_DIMS if only axes of extent 1 come and go, which needs no shape; RESHAPE to extents that are
    /// computed elsewhere.
    func lower(_ node: NodeLowering) throws {
        if let kept = keptAxes(node) { return try emitUnitAxes(node, kept) }
        var extents = target
        if !extents.contains(.rest),
            let last = extents.lastIndex(where: { if case .axis = $0 { true } else { false } })
        {
            extents[last] = .rest
        }
        let shape = try node.emitShape(extents)
        try node.emit(
            .reshape, [node.input(0), shape],
            ReshapeOptions(newShape: node.outputType.shape.dims))
    }

    /// The axes of x that have an extent other than 1, in order, if they are those of the output too.
    private func keptAxes(_ node: NodeLowering) -> [Int]? {
        let dims = node.inputType(0).shape.dims
        let kept = dims.indices.filter { dims[$0] != 1 }
        let sources = target.filter { $0 != .known(1) }
        guard sources.count == kept.count else { return nil }
        let fits = zip(sources, kept).allSatisfy { source, axis in
            dims[axis] == Shape.free
                ? source == .axis(axis, ofInput: 0) : source == .known(dims[axis])
        }
        return fits ? kept : nil
    }

    private func emitUnitAxes(_ node: NodeLowering, _ kept: [Int]) throws {
        let type = node.inputType(0)
        let dropped = type.shape.dims.indices.filter { !kept.contains($0) }
        let inserted = target.indices.filter { target[$0] == .known(1) }
        var dims = kept.map { type.shape.dims[$0] }
        var tensor = try node.input(0)
        if !dropped.isEmpty {
            let target =
                inserted.isEmpty
                ? try node.output() : try node.step(ofElements: Shape(dims), role: "squeezed")
            try node.emit(
                .squeeze, [tensor], to: [target],
                SqueezeOptions(squeezedAxes: dropped))
            tensor = target
        }
        for axis in inserted {
            dims.insert(1, at: axis)
            let target =
                axis == inserted.last
                ? try node.output() : try node.step(ofElements: Shape(dims), role: "expanded")
            try node.emit(
                .expandDims, [tensor, node.integer(axis, role: "axis")], to: [target])
            tensor = target
        }
    }
}
