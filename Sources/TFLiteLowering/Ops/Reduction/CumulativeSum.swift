import GraphIR
import TFLiteFormat

extension CumulativeSum {
    /// CUMSUM.
    func lower(_ node: NodeLowering) throws {
        try node.emit(
            .cumsum, [node.input(0), node.integer(axis, role: "axis")],
            CumsumOptions(isExclusive: exclusive, isReversed: reverse))
    }
}
