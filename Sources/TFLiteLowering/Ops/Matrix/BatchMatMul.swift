import GraphIR
import TFLiteFormat

extension BatchMatMul {
    /// BATCH_MATMUL, which knows up to five axes.
    func lower(_ node: NodeLowering) throws {
        guard node.outputType.shape.rank <= 5 else {
            throw node.unsupported("\(node.outputType.shape) has more than 5 dimensions")
        }
        try node.emit(
            .batchMatMul, node.inputs,
            BatchMatMulOptions(transposesLeft: adjointA, transposesRight: adjointB))
    }
}
