import Tensors

/// Walks the broadcast of some dense row-major operands in output order.
///
/// Neighbouring dimensions that every operand walks alike are joined, so the innermost runs are long.
package struct BroadcastLoop: Sendable {
    /// The shape of the broadcast.
    package let shape: Shape
    /// Joined extents, outermost first; never empty.
    let extents: [Int]
    /// For each operand, elements between neighbours along each joined extent; 0 if it repeats.
    let strides: [[Int]]

    /// Nil if the shapes do not fit together.
    package init?(_ operands: [Shape]) {
        var joined = Shape.scalar
        for operand in operands {
            guard operand.isStatic, let next = Shape.broadcast(joined, operand) else { return nil }
            joined = next
        }
        shape = joined
        let all = operands.map { operand in
            let lead = joined.rank - operand.rank
            return (0..<joined.rank).map { axis in
                axis < lead || operand.dims[axis - lead] == 1 ? 0 : operand.strides[axis - lead]
            }
        }
        var extents: [Int] = []
        var strides = [[Int]](repeating: [], count: operands.count)
        for axis in 0..<joined.rank where joined.dims[axis] != 1 {
            let extent = joined.dims[axis]
            let joins =
                !extents.isEmpty
                && operands.indices.allSatisfy { strides[$0].last == all[$0][axis] * extent }
            if joins { extents[extents.count - 1] *= extent } else { extents.append(extent) }
            for operand in operands.indices {
                if joins { strides[operand].removeLast() }
                strides[operand].append(all[operand][axis])
            }
        }
        self.extents = extents.isEmpty ? [1] : extents
        self.strides = extents.isEmpty ? strides.map { _ in [0] } : strides
    }

    /// Elements of the broadcast.
    package var count: Int { shape.elementCount }

    /// Calls `body` with the output offset and operand offsets of each innermost run of `runLength`.
    func forEachRun(_ body: (_ output: Int, _ offsets: [Int]) -> Void) {
        guard count > 0 else { return }
        var index = [Int](repeating: 0, count: extents.count)
        var offsets = [Int](repeating: 0, count: strides.count)
        var output = 0
        while true {
            body(output, offsets)
            output += runLength
            var axis = extents.count - 2
            while axis >= 0 {
                index[axis] += 1
                for operand in strides.indices { offsets[operand] += strides[operand][axis] }
                if index[axis] < extents[axis] { break }
                for operand in strides.indices {
                    offsets[operand] -= strides[operand][axis] * extents[axis]
                }
                index[axis] = 0
                axis -= 1
            }
            if axis < 0 { return }
        }
    }

    /// The loop over everything but the `count` innermost joined axes, as one element per block.
    func withoutInnermostAxes(_ count: Int) -> BroadcastLoop {
        let kept = extents.count - count
        return BroadcastLoop(
            shape: Shape(Array(extents.prefix(kept))),
            extents: kept > 0 ? Array(extents.prefix(kept)) : [1],
            strides: strides.map { kept > 0 ? Array($0.prefix(kept)) : [0] })
    }

    /// A loop over extents that need not be joined.
    init(shape: Shape, extents: [Int], strides: [[Int]]) {
        self.shape = shape
        self.extents = extents
        self.strides = strides
    }

    /// Elements in one innermost run.
    var runLength: Int { extents[extents.count - 1] }

    /// Elements between neighbours of an operand within a run: 0 or 1.
    func runStride(_ operand: Int) -> Int { strides[operand][extents.count - 1] }
}
