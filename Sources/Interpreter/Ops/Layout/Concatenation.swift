import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// CONCATENATION: the inputs one after the other along an axis.
    func concatenation() throws -> PreparedOperator {
        let options = try options(ConcatenationOptions.self)
        guard options.activation == .none else {
            throw unsupported("its activation is \(options.activation.schemaName)")
        }
        let parts = try inputs.indices.map { try input($0) }
        let axis = try axis(options.axis, of: try input(0).shape)
        return try join(parts, parts.map(\.shape), axis: axis)
    }

    /// The parts under these shapes, one after the other along an axis.
    func join(
        _ parts: [Operand], _ shapes: [Shape], axis: Int
    ) throws -> PreparedOperator {
        guard var shape = shapes.first else { throw malformed("it has no inputs") }
        for (part, other) in zip(parts, shapes).dropFirst() {
            var expected = shape
            guard other.rank == shape.rank, part.dtype == parts[0].dtype else {
                throw malformed("\(other) does not fit beside \(shape)")
            }
            expected[axis] = other[axis]
            let (extent, overflow) = shape[axis].addingReportingOverflow(other[axis])
            guard expected == other, !overflow else {
                throw malformed("\(other) does not fit beside \(shape)")
            }
            shape[axis] = extent
        }
        try requireEqualQuantization(parts)
        let y = try output(0, parts[0].dtype, shape, quantized: true)
        let copies = StridedCopy.concatenate(shapes, axis: axis, elementSize: y.elementSize)
        return PreparedOperator(y) { context in
            let target = context.output(y)
            for (part, copy) in zip(parts, copies) {
                copy.run(from: context.bytes(part), to: target)
            }
        }
    }

    /// Throws if integers of the operands stand for different numbers.
    private func requireEqualQuantization(_ parts: [Operand]) throws {
        for part in parts.dropFirst()
        where part.quantization?.scale != parts[0].quantization?.scale
            || part.quantization?.zeroPoint != parts[0].quantization?.zeroPoint
        {
            throw unsupported("its inputs are quantized differently")
        }
    }
}
