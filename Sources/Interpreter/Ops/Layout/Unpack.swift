import TFLiteFormat

extension OperatorPreparation {
    /// UNPACK: the slices along an axis, which the outputs lack.
    func unpack() throws -> PreparedOperator {
        let options = try options(UnpackOptions.self)
        let x = try input(0)
        let axis = try axis(options.axis, of: x.shape)
        guard x.shape[axis] == outputCount else {
            throw malformed("axis \(axis) of \(x.shape) does not give \(outputCount) outputs")
        }
        return try part(
            x, axis: axis, Array(repeating: 1, count: outputCount), dropsAxis: true)
    }
}
