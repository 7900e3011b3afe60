import Problems

extension ModelDecoder {
    /// The layout of a sparse tensor.
    ///
    /// - Throws: `Problem.Kind.malformed` where a level is of an unknown kind.
    func sparsity(_ table: FlatTableView) throws -> TFLiteSparsity {
        TFLiteSparsity(
            traversalOrder: try table.ints(0), blockMap: try table.ints(1),
            levels: try table.tables(2, level))
    }

    private func level(_ table: FlatTableView) throws -> TFLiteSparsity.Level {
        switch try table.integer(0) as Int8 {
        case 0: return .dense(try table.int(1))
        case 1:
            return .sparse(
                segments: try indices(table, tag: 2), indices: try indices(table, tag: 4))
        default:
            throw Problem(
                .malformed(what: "the TFLite file", reason: "an unknown kind of sparse axis"))
        }
    }

    /// The union `SparseIndexVector` whose tag has this slot.
    private func indices(_ table: FlatTableView, tag: Int) throws -> [Int] {
        guard let vector = try table.table(tag + 1) else { return [] }
        switch try table.integer(tag) as UInt8 {
        case 1: return try vector.ints(0)
        case 2: return try vector.integers(0, as: UInt16.self).map { Int($0) }
        case 3: return try vector.integers(0, as: UInt8.self).map { Int($0) }
        default:
            throw Problem(
                .malformed(what: "the TFLite file", reason: "an unknown kind of sparse indices"))
        }
    }
}
