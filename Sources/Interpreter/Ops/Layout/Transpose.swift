import Tensors

extension OperatorPreparation {
    /// TRANSPOSE: axis k of the result is axis `permutation[k]` of x.
    func transpose() throws -> PreparedOperator {
        let (x, permutation) = (try input(0), try integers(1))
        guard permutation.sorted() == Array(0..<x.shape.rank) else {
            throw malformed("\(permutation) is not a permutation of the axes of \(x.shape)")
        }
        let shape = Shape(permutation.map { x.shape.dims[$0] })
        let moved = permutation.filter { x.shape.dims[$0] != 1 }
        if moved == moved.sorted() { return try view(of: x, shape) }
        let y = try output(0, x.dtype, shape, quantized: true)
        return run(
            .transpose(x.shape, permutation: permutation, elementSize: x.elementSize), x, y)
    }
}
