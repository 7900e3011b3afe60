import GraphIR
import TFLiteFormat
import Tensors

extension Slice {
    /// SLICE with the real sizes; STRIDED_SLICE for steps and for axes of free extent; a copy for the whole.
    func lower(_ node: NodeLowering) throws {
        if isIdentity(on: [node.inputType(0)]) { return try node.emitReshape() }
        let to = node.outputType.shape
        if to.isStatic, strides.allSatisfy({ $0 == 1 }) {
            return try node.emitSlice(
                node.input(0), to: node.output(), begin: begin, sizes: to.dims)
        }
        let free = to.dims.indices.filter { to.dims[$0] == Shape.free }
        let ends = to.dims.indices.map {
            free.contains($0) ? 0 : begin[$0] + (to.dims[$0] - 1) * strides[$0] + 1
        }
        try node.emitStridedSlice(
            node.input(0), to: node.output(), begin: begin, end: ends, steps: strides,
            StridedSliceOptions(beginMask: 0, endMask: free.reduce(0) { $0 | 1 << $1 }))
    }
}
