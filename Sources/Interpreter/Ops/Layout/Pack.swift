import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// PACK: the inputs one after the other along a new axis.
    func pack() throws -> PreparedOperator {
        let options = try options(PackOptions.self)
        let parts = try inputs.indices.map { try input($0) }
        let rank = try input(0).shape.rank + 1
        let axis = options.axis < 0 ? options.axis + rank : options.axis
        guard (0..<rank).contains(axis) else { throw malformed("axis \(options.axis)") }
        let shapes = parts.map { part in
            var dims = part.shape.dims
            dims.insert(1, at: min(axis, dims.count))
            return Shape(dims)
        }
        return try join(parts, shapes, axis: axis)
    }
}
