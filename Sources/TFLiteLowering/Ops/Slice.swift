import GraphIR
import TFLiteFormat
import Tensors

extension Slice {
    /// SLICE with the real sizes; STRIDED_SLICE for steps and for axes of free extent.
    func lower(_ node: NodeLowering) throws {
        let (from, to) = (node.inputType(0).shape.dims, node.outputType.shape.dims)
        func isWhole(_ axis: Int) -> Bool {
            begin[axis] == 0 && strides[axis] == 1
                && (sizes[axis] == -1 || (from[axis] != Shape.free && to[axis] == from[axis]))
        }
        if from.indices.allSatisfy(isWhole) { return try node.emitCopy() }
        try node.lowerMergingAxes(limit: 5, key: { isWhole($0) ? -1 : $0 }) {
            input, output, groups in
            let isPlain = groups.allSatisfy { group in
                strides[group.lowerBound] == 1 && !to[group].contains(Shape.free)
            }
            let begins = groups.map { begin[$0.lowerBound] }
            let counts = groups.map { to[$0].reduce(1, *) }
            if isPlain {
                node.emit(
                    .slice,
                    [
                        input, node.integers(begins, role: "begin"),
                        node.integers(counts, role: "size"),
                    ], to: [output], EmptyOptions.slice)
            } else {
                emitStrided(node, input, output, groups, begins, counts)
            }
        }
    }

    private func emitStrided(
        _ node: NodeLowering, _ input: Int, _ output: Int, _ groups: [Range<Int>],
        _ begins: [Int], _ counts: [Int]
    ) {
        let free = groups.indices.filter {
            node.outputType.shape.dims[groups[$0]].contains(Shape.free)
        }
        let steps = groups.map { strides[$0.lowerBound] }
        let ends = groups.indices.map {
            free.contains($0) ? 0 : begins[$0] + (counts[$0] - 1) * steps[$0] + 1
        }
        node.emit(
            .stridedSlice,
            [
                input, node.integers(begins, role: "begin"), node.integers(ends, role: "end"),
                node.integers(steps, role: "strides"),
            ], to: [output],
            StridedSliceOptions(beginMask: 0, endMask: free.reduce(0) { $0 | 1 << $1 }))
    }
}
