import GraphIR
import TFLiteFormat
import Tensors

extension Positions {
    /// RANGE up to an extent that SHAPE gives.
    func lower(_ node: NodeLowering) throws {
        let x = node.inputType(0).shape
        let limit: TensorIndex
        if x[axis] == Shape.free {
            let shape = try node.emitExtents(of: node.input(0), rank: x.rank)
            limit = try node.emitStep(
                .stridedSlice,
                [
                    shape, node.integers([axis], role: "begin"),
                    node.integers([axis + 1], role: "end"), node.integers([1], role: "strides"),
                ], TensorType(.int32, .scalar),
                StridedSliceOptions(beginMask: 0, shrinkAxisMask: 1))
        } else {
            limit = node.integer(x[axis], role: "limit")
        }
        try node.emit(
            .range, [node.integer(0, role: "start"), limit, node.integer(1, role: "delta")])
    }
}
