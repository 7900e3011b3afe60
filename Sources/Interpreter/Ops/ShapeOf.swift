import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SHAPE: the extents of x, as int32 or int64.
    mutating func shape() throws -> Kernel {
        let x = try input(0)
        dependsOnElements = false
        if let options = optionalOptions(ShapeOptions.self), options.outputType == .int64 {
            let y = try output(0, .int64, [x.shape.rank])
            return { frame in
                let target = frame.output(y, as: Int64.self)
                for (index, extent) in x.shape.dims.enumerated() { target[index] = Int64(extent) }
            }
        }
        let y = try output(0, .int32, [x.shape.rank])
        return { frame in
            let target = frame.output(y, as: Int32.self)
            for (index, extent) in x.shape.dims.enumerated() {
                target[index] = Int32(clamping: extent)
            }
        }
    }

    /// RANK: the number of axes of x, as int32.
    mutating func rank() throws -> Kernel {
        let x = try input(0)
        dependsOnElements = false
        let y = try output(0, .int32, .scalar)
        return { frame in
            frame.output(y, as: Int32.self).pointee = Int32(clamping: x.shape.rank)
        }
    }
}
