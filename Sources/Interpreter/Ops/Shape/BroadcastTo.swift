import Tensors

extension OperatorPreparation {
    /// BROADCAST_TO: x repeated along its axes of extent 1 and new ones in front.
    func broadcastTo() throws -> PreparedOperator {
        let (x, target) = (try input(0), Shape(try integers(1)))
        guard target.dims.allSatisfy({ $0 >= 0 }),
            Shape.broadcast(x.shape, target) == target
        else { throw malformed("\(x.shape) does not broadcast to \(target)") }
        let y = try output(0, x.dtype, target, quantized: true)
        return run(.broadcast(x.shape, to: target, elementSize: x.elementSize), x, y)
    }
}
