import Foundations
import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SPLIT: equal parts along an axis, one for each output.
    mutating func split() throws -> Kernel {
        let x = try input(1)
        let axis = try axis(try integer(0), of: x.shape)
        guard outputCount > 0, x.shape[axis] % outputCount == 0 else {
            throw malformed("\(x.shape) has no \(outputCount) equal parts along axis \(axis)")
        }
        let extent = x.shape[axis] / outputCount
        return try part(x, axis: axis, Array(repeating: extent, count: outputCount))
    }

    /// SPLIT_V: parts of given extents along an axis; one extent may be −1.
    mutating func splitV() throws -> Kernel {
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

    /// UNPACK: the slices along an axis, which the outputs lack.
    mutating func unpack() throws -> Kernel {
        let options = try options(UnpackOptions.self)
        let x = try input(0)
        let axis = try axis(options.axis, of: x.shape)
        guard x.shape[axis] == outputCount else {
            throw malformed("\(outputCount) outputs for axis \(axis) of \(x.shape)")
        }
        return try part(
            x, axis: axis, Array(repeating: 1, count: outputCount), dropsAxis: true)
    }

    private mutating func part(
        _ x: Operand, axis: Int, _ extents: [Int], dropsAxis: Bool = false
    ) throws -> Kernel {
        var parts: [(output: Operand, copy: StridedCopy)] = []
        var begin = [Int](repeating: 0, count: x.shape.rank)
        for (index, extent) in extents.enumerated() {
            var dims = x.shape.dims
            dims[axis] = extent
            var shape = dims
            if dropsAxis { shape.remove(at: axis) }
            let y = try output(index, x.dtype, Shape(shape), quantized: true)
            let copy = StridedCopy.slice(
                x.shape, begin: begin, extents: dims, elementSize: x.elementSize)
            if y.count > 0 { parts.append((y, copy)) }
            begin[axis] += extent
        }
        return { [parts] frame in
            let source = frame.bytes(x)
            for part in parts { part.copy.run(from: source, to: frame.output(part.output)) }
        }
    }
}
