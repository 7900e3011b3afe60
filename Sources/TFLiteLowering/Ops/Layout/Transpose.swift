import GraphIR
import TFLiteFormat

extension Transpose {
    /// TRANSPOSE; RESHAPE if only axes of extent 1 move.
    func lower(_ node: NodeLowering) throws {
        let dims = node.inputType(0).shape.dims
        let moved = permutation.filter { dims[$0] != 1 }
        if moved == moved.sorted() { return try node.emitReshape() }
        let (x, y) = (try node.input(0), try node.output())
        try node.emit(.transpose, [x, node.integers(permutation, role: "permutation")], to: [y])
    }
}
