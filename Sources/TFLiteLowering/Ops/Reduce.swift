import GraphIR
import TFLiteFormat

extension Reduce {
    /// MEAN, SUM, or the REDUCE operator of the kind.
    func lower(_ node: NodeLowering) throws {
        if axes.isEmpty { return try node.emitCopy() }
        node.emit(
            builtin, [node.input(0), node.integers(axes, role: "axes")],
            .reducer(ReducerOptions(keepsDimensions: keepDimensions)))
    }

    private var builtin: BuiltinOperator {
        switch kind {
        case .sum: .sum
        case .mean: .mean
        case .max: .reduceMax
        case .min: .reduceMin
        case .product: .reduceProd
        case .any: .reduceAny
        case .all: .reduceAll
        }
    }
}
