import TFLiteFormat
import Targets
import Tensors

extension Target {
    /// Why the target does not run an operator on these tensors; nil if it does.
    ///
    /// - Parameter inputs: nil for absent ones.
    func objection(
        to builtin: BuiltinOperator, version: Int, on inputs: [TFLiteTensor?]
    ) -> String? {
        guard let limits = self[builtin] else { return "\(name) does not have \(builtin)" }
        guard runs(builtin, version: version) else {
            return "\(name) does not run version \(version) of \(builtin)"
        }
        let operand = inputs.indices.contains(limits.operand) ? inputs[limits.operand] : nil
        if let operand, let dtypes = limits.dtypes, let dtype = operand.type.dtype,
            !dtypes.contains(dtype), !(operand.isQuantized && limits.integers.contains(dtype))
        {
            let names = dtypes.map(\.rawValue).joined(separator: ", ")
            return "\(dtype.rawValue) is not possible, only \(names)"
        }
        if let operand, let limit = limits.rank, operand.shape.count > limit {
            return "it has \(operand.shape.count) dimensions, of which \(limit) are possible"
        }
        let shapes = Set(inputs.compactMap { $0?.freeShape })
        let rank = shapes.map(\.rank).max() ?? 0
        if let limit = limits.broadcastRank, shapes.count > 1, rank > limit {
            return "it broadcasts \(rank) dimensions, of which \(limit) are possible"
        }
        return nil
    }
}
