import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// RESHAPE: the elements under the shape that the second input or the options give; one extent may be −1.
    func reshape() throws -> PreparedOperator {
        var target: [Int] = []
        if let shape = optionalInput(1), shape.known != nil || shape.count == 0 {
            target = shape.count == 0 ? [] : try integers(1)
        } else if let options = optionalOptions(ReshapeOptions.self), optionalInput(1) == nil {
            // Old files write a scalar as the shape [0].
            target = options.newShape == [0] ? [] : options.newShape
        } else {
            target = try integers(1)
        }
        let x = try input(0)
        return try view(of: x, resolve(target, count: x.count))
    }

    private func resolve(_ target: [Int], count: Int) throws -> Shape {
        let fixed = Shape(target.filter { $0 != -1 })
        guard fixed.dims.allSatisfy({ $0 >= 0 }), target.count <= fixed.rank + 1 else {
            throw malformed("its input cannot be reshaped to \(target)")
        }
        let known = fixed.elementCount
        if fixed.rank == target.count {
            guard known == count else { throw malformed("\(count) elements do not fit \(target)") }
            return fixed
        }
        guard known > 0, count % known == 0 else {
            throw malformed("\(count) elements do not fit \(target)")
        }
        return Shape(target.map { $0 == -1 ? count / known : $0 })
    }
}
