import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// RESHAPE: the elements under the shape that the second input or the options give; one extent may be −1.
    mutating func reshape() throws -> Kernel {
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
            throw malformed("a reshape to \(target)")
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

    /// SQUEEZE: without the axes of extent 1 that the options name, or without all of them.
    mutating func squeeze() throws -> Kernel {
        let x = try input(0)
        var axes: [Int] = []
        if let options = optionalOptions(SqueezeOptions.self) {
            axes = try options.squeezedAxes.map { try axis($0, of: x.shape) }
        }
        let dropped = axes.isEmpty ? x.shape.dims.indices.filter { x.shape.dims[$0] == 1 } : axes
        guard dropped.allSatisfy({ x.shape.dims[$0] == 1 }) else {
            throw malformed("axes \(axes) of \(x.shape) are not of extent 1")
        }
        let kept = x.shape.dims.indices.filter { !dropped.contains($0) }
        return try view(of: x, Shape(kept.map { x.shape.dims[$0] }))
    }

    /// EXPAND_DIMS: with an axis of extent 1 more.
    mutating func expandDims() throws -> Kernel {
        let (x, position) = (try input(0), try integer(1))
        let index = position < 0 ? position + x.shape.rank + 1 : position
        guard (0...x.shape.rank).contains(index) else {
            throw malformed("axis \(position) cannot be added to \(x.shape)")
        }
        var dims = x.shape.dims
        dims.insert(1, at: index)
        return try view(of: x, Shape(dims))
    }

    /// The same bytes under another shape.
    mutating func view(of x: Operand, _ shape: Shape) throws -> Kernel {
        let y = try output(0, x.dtype, shape, quantized: true)
        sharing = .view
        let byteCount = x.count * x.elementSize
        return { frame in
            let (source, target) = (frame.bytes(x), frame.output(y))
            if source != UnsafeRawPointer(target) {
                target.copyMemory(from: source, byteCount: byteCount)
            }
        }
    }
}
