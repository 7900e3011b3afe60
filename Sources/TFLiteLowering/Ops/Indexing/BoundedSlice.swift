import GraphIR
import TFLiteFormat
import Tensors

extension BoundedSlice {
    /// STRIDED_SLICE, which moves bounds inside as Python does.
    func lower(_ node: NodeLowering) throws {
        let open = end.indices.filter { end[$0] == Self.open }
        try node.emit(
            .stridedSlice,
            [
                node.input(0), node.integers(begin, role: "begin"),
                node.integers(end.map { $0 == Self.open ? 0 : $0 }, role: "end"),
                node.integers(strides, role: "strides"),
            ],
            StridedSliceOptions(beginMask: 0, endMask: open.reduce(0) { $0 | 1 << $1 }))
    }
}
