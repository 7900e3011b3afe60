import TFLiteFormat
import Tensors

extension Target {
    /// Why the target does not run an operator as a file uses it; nil if it does.
    package func objection(to use: OperatorUse) -> String? {
        guard let limits = self[use.builtin] else { return "\(name) does not have \(use.builtin)" }
        guard runs(use.builtin, version: use.version) else {
            return "\(name) does not run version \(use.version) of \(use.builtin)"
        }
        return limits.objection(to: use) ?? trap?(use)
    }
}

extension OperatorLimits {
    /// Which of the limits an operator exceeds; nil if it is within all of them.
    fileprivate func objection(to use: OperatorUse) -> String? {
        let operand = use.input(operand)
        if let dtypes, let dtype = operand?.type.dtype, !dtypes.contains(dtype),
            !(operand?.isQuantized == true && integers.contains(dtype))
        {
            return "\(dtype.rawValue) is not possible, only \(Self.list(dtypes))"
        }
        if let results,
            let dtype = use.outputs.compactMap(\.type.dtype).first(where: { !results.contains($0) })
        {
            return "a result of type \(dtype.rawValue) is not possible, only \(Self.list(results))"
        }
        if let rank, let operand, operand.shape.count > rank {
            return "it has \(operand.shape.count) dimensions, of which \(rank) are possible"
        }
        if let inputs, use.inputs.count > inputs {
            return "it has \(use.inputs.count) inputs, of which \(inputs) are possible"
        }
        let shapes = Set(use.inputs.compactMap { $0?.freeShape })
        let highest = shapes.map(\.rank).max() ?? 0
        if let broadcastRank, shapes.count > 1, highest > broadcastRank {
            return "it broadcasts \(highest) dimensions, of which \(broadcastRank) are possible"
        }
        return nil
    }

    private static func list(_ dtypes: [DType]) -> String {
        dtypes.map(\.rawValue).joined(separator: ", ")
    }
}
