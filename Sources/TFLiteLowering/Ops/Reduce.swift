import GraphIR
import TFLiteFormat
import Tensors

extension Reduce {
    /// MEAN, SUM, or the REDUCE operator of the kind; the delegate knows six axes and fails beyond.
    func lower(_ node: NodeLowering) throws {
        let isLogical = kind == .any || kind == .all
        try node.require(isLogical ? [.bool] : [.float32, .int32, .int64])
        if axes.isEmpty { return try node.emitCopy() }
        let shape = node.inputType(0).shape
        let kept = Shape(shape.dims.enumerated().map { axes.contains($0) ? 1 : $1 })
        let isMerged = shape.rank > 6
        try node.lowerMergingAxes(
            limit: 6, key: { axes.contains($0) ? 1 : 0 }, result: kept
        ) { input, output, groups in
            let reduced = groups.indices.filter { axes.contains(groups[$0].lowerBound) }
            node.emit(
                builtin, [input, node.integers(reduced, role: "axes")], to: [output],
                ReducerOptions(keepsDimensions: keepDimensions || isMerged))
        }
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
