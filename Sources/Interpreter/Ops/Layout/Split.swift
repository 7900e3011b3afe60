import Foundations
import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SPLIT: equal parts along an axis, one for each output.
    func split() throws -> PreparedOperator {
        let x = try input(1)
        let axis = try axis(try integer(0), of: x.shape)
        guard outputCount > 0, x.shape[axis] % outputCount == 0 else {
            throw malformed("\(x.shape) has no \(outputCount) equal parts along axis \(axis)")
        }
        let extent = x.shape[axis] / outputCount
        return try part(x, axis: axis, Array(repeating: extent, count: outputCount))
    }

    /// SPLIT_V: parts of given extents along an axis; one extent may be −1.
    func splitV() throws -> PreparedOperator {
        let (x, sizes) = (try input(0), try integers(1))
        let axis = try axis(try integer(2), of: x.shape)
        let known = sizes.filter { $0 >= 0 }.reduce(0) { saturatingSum($0, $1) }
        guard sizes.count == outputCount, sizes.allSatisfy({ $0 >= -1 }),
            sizes.count(where: { $0 == -1 }) <= 1, known <= x.shape[axis],
            known == x.shape[axis] || sizes.contains(-1)
        else { throw malformed("parts \(sizes) of \(x.shape) along axis \(axis)") }
        let extents = sizes.map { $0 == -1 ? x.shape[axis] - known : $0 }
        return try part(x, axis: axis, extents)
    }

    /// The parts of x of these extents along an axis, which the outputs lack if `dropsAxis`.
    func part(
        _ x: Operand, axis: Int, _ extents: [Int], dropsAxis: Bool = false
    ) throws -> PreparedOperator {
        var outputs: [Operand] = []
        var copies: [StridedCopy] = []
        var begin = [Int](repeating: 0, count: x.shape.rank)
        for (index, extent) in extents.enumerated() {
            var dims = x.shape.dims
            dims[axis] = extent
            var shape = dims
            if dropsAxis { shape.remove(at: axis) }
            let y = try output(index, x.dtype, Shape(shape), quantized: true)
            let copy = StridedCopy.slice(
                x.shape, begin: begin, extents: dims, elementSize: x.elementSize)
            outputs.append(y)
            copies.append(copy)
            begin[axis] += extent
        }
        return PreparedOperator(outputs) { [outputs, copies] context in
            let source = context.bytes(x)
            for (output, copy) in zip(outputs, copies) {
                copy.run(from: source, to: context.output(output))
            }
        }
    }
}
