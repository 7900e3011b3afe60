import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// SHAPE: the extents of x, as int32 or int64.
    func shape() throws -> PreparedOperator {
        let x = try input(0)
        if let options = optionalOptions(ShapeOptions.self), options.outputType == .int64 {
            let y = try output(0, .int64, [x.shape.rank])
            return PreparedOperator(y, dependsOnElements: false) { context in
                let target = context.output(y, as: Int64.self)
                for (index, extent) in x.shape.dims.enumerated() { target[index] = Int64(extent) }
            }
        }
        let y = try output(0, .int32, [x.shape.rank])
        return PreparedOperator(y, dependsOnElements: false) { context in
            let target = context.output(y, as: Int32.self)
            for (index, extent) in x.shape.dims.enumerated() {
                target[index] = Int32(clamping: extent)
            }
        }
    }
}
