import GraphIR
import TFLiteFormat
import Targets

extension Reduce {
    /// MEAN, SUM, or the REDUCE operator of the kind.
    func lower(_ node: NodeLowering) throws {
        if axes.isEmpty { return try node.emitReshape() }
        let (x, y) = (try node.input(0), try node.output())
        try node.emit(
            kind.builtin, [x, node.integers(axes, role: "axes")], to: [y],
            ReducerOptions(keepsDimensions: keepDimensions))
    }
}
