import Tensors

extension OperatorPreparation {
    /// EXPAND_DIMS: with an axis of extent 1 more.
    func expandDims() throws -> PreparedOperator {
        let (x, position) = (try input(0), try integer(1))
        let index = position < 0 ? position + x.shape.rank + 1 : position
        guard (0...x.shape.rank).contains(index) else {
            throw malformed("axis \(position) cannot be added to \(x.shape)")
        }
        var dims = x.shape.dims
        dims.insert(1, at: index)
        return try view(of: x, Shape(dims))
    }
}
