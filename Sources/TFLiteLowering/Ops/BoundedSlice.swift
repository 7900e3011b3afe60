import GraphIR
import TFLiteFormat
import Tensors

extension BoundedSlice {
    /// STRIDED_SLICE, which moves bounds inside as Python does.
    func lower(_ node: NodeLowering) throws {
        guard begin.count <= 5 else {
            throw node.unsupported("it has \(begin.count) dimensions, of which 5 are possible")
        }
        let open = end.indices.filter { end[$0] == Self.open }
        let ends = end.map { $0 == Self.open ? 0 : $0 }
        node.emit(
            .stridedSlice,
            [
                node.input(0), node.integers(begin, role: "begin"),
                node.integers(ends, role: "end"), node.integers(strides, role: "strides"),
            ],
            StridedSliceOptions(beginMask: 0, endMask: open.reduce(0) { $0 | 1 << $1 }))
    }
}
