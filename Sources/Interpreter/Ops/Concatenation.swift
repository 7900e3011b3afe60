import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// CONCATENATION: the inputs one after the other along an axis.
    mutating func concatenation() throws -> Kernel {
        let options = try options(ConcatenationOptions.self)
        guard options.activation == .none else {
            throw unsupported("activation \(options.activation.schemaName)")
        }
        let parts = try inputs.indices.map { try input($0) }
        let axis = try axis(options.axis, of: try input(0).shape)
        return try join(parts, parts.map(\.shape), axis: axis)
    }

    /// PACK: the inputs one after the other along a new axis.
    mutating func pack() throws -> Kernel {
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

    private mutating func join(
        _ parts: [Operand], _ shapes: [Shape], axis: Int
    ) throws -> Kernel {
        guard var shape = shapes.first else { throw malformed("no inputs") }
        for (part, other) in zip(parts, shapes).dropFirst() {
            var expected = shape
            guard other.rank == shape.rank, part.dtype == parts[0].dtype else {
                throw malformed("\(other) beside \(shape)")
            }
            expected[axis] = other[axis]
            let (extent, overflow) = shape[axis].addingReportingOverflow(other[axis])
            guard expected == other, !overflow else { throw malformed("\(other) beside \(shape)") }
            shape[axis] = extent
        }
        try requireEqualQuantization(parts)
        let y = try output(0, parts[0].dtype, shape, quantized: true)
        let copies = StridedCopy.concatenate(shapes, axis: axis, elementSize: y.elementSize)
        return { frame in
            let target = frame.output(y)
            for (part, copy) in zip(parts, copies) { copy.run(from: frame.bytes(part), to: target) }
        }
    }

    /// Throws where integers of the operands stand for different numbers.
    private func requireEqualQuantization(_ parts: [Operand]) throws {
        for part in parts.dropFirst()
        where part.quantization?.scale != parts[0].quantization?.scale
            || part.quantization?.zeroPoint != parts[0].quantization?.zeroPoint
        {
            throw unsupported("inputs of different quantization")
        }
    }
}
