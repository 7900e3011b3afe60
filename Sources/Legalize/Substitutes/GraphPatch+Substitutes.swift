import GraphIR
import Targets
import Tensors

extension GraphPatch {
    /// A value combined with one number of its type.
    mutating func combine(
        _ kind: Binary.Kind, _ x: ValueID, _ number: Double, for node: Node
    ) throws -> ValueID {
        let value = Tensor(dtype: .float64, shape: .scalar, copying: [number])
        let operand = constant(
            Constant(value, as: try type(of: x).dtype), name: "\(node.layer)/number")
        return try add(
            Binary(kind).op, [x, operand], layer: node.layer, name: "\(node.layer)/\(kind.builtin)")
    }

    /// A value as another element type.
    mutating func cast(_ x: ValueID, to dtype: DType, for node: Node) throws -> ValueID {
        try add(Cast(to: dtype).op, [x], layer: node.layer, name: "\(node.layer)/CAST")
    }
}
