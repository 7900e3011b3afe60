import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SQUEEZE: without the axes of extent 1 that the options name, or without all of them.
    func squeeze() throws -> PreparedOperator {
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
}
