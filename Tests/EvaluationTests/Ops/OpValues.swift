import Evaluation
import GraphIR
import Tensors

/// The first output of an operation on tensors.
func evaluate(
    _ op: Op, _ inputs: [Tensor], _ precision: GraphEvaluator.Precision = .reference
) throws -> Tensor {
    try op.evaluate(inputs: inputs, precision: precision)[0]
}

/// The elements of the first output, which is float32.
func floats(
    _ op: Op, _ inputs: [Tensor], _ precision: GraphEvaluator.Precision = .reference
) throws -> [Float] {
    try evaluate(op, inputs, precision).array(of: Float.self)
}

extension Tensor {
    /// The elements of a float32 tensor.
    var floats: [Float] { array(of: Float.self) }

    /// A tensor of bool.
    static func bools(_ values: [Bool], _ shape: Shape) -> Tensor {
        Tensor(dtype: .bool, shape: shape, copying: values.map { UInt8($0 ? 1 : 0) })
    }
}
