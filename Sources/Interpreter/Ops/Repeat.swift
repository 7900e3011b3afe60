import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// TILE: x repeated `multiples[k]` times along axis k.
    mutating func tile() throws -> Kernel {
        let (x, multiples) = (try input(0), try integers(1))
        guard multiples.count == x.shape.rank, multiples.allSatisfy({ $0 >= 0 }) else {
            throw malformed("\(multiples) repetitions of \(x.shape)")
        }
        let dims = try zip(x.shape.dims, multiples).map { dim, multiple in
            let (extent, overflow) = dim.multipliedReportingOverflow(by: multiple)
            if overflow { throw malformed("\(multiples) repetitions of \(x.shape)") }
            return extent
        }
        let y = try output(0, x.dtype, Shape(dims), quantized: true)
        return run(.tile(x.shape, multiples: multiples, elementSize: x.elementSize), x, y)
    }

    /// BROADCAST_TO: x repeated along its axes of extent 1 and new ones in front.
    mutating func broadcastTo() throws -> Kernel {
        let (x, target) = (try input(0), Shape(try integers(1)))
        guard target.dims.allSatisfy({ $0 >= 0 }),
            Shape.broadcast(x.shape, target) == target
        else { throw malformed("\(x.shape) does not broadcast to \(target)") }
        let y = try output(0, x.dtype, target, quantized: true)
        return run(.broadcast(x.shape, to: target, elementSize: x.elementSize), x, y)
    }

    /// REVERSE_V2: the elements in reverse order along some axes.
    mutating func reverse() throws -> Kernel {
        let x = try input(0)
        let axes = try integers(1).map { try axis($0, of: x.shape) }
        let y = try output(0, x.dtype, x.shape, quantized: true)
        return run(.reverse(x.shape, axes: axes, elementSize: x.elementSize), x, y)
    }
}
