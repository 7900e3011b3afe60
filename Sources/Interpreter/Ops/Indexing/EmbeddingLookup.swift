extension OperatorPreparation {
    /// EMBEDDING_LOOKUP: the rows of a table at ids; the ids are the first input.
    func embeddingLookup() throws -> PreparedOperator {
        let (ids, table) = (try plainInput(0), try input(1))
        guard ids.dtype == .int32 else { throw unsupported(ids.dtype) }
        guard table.shape.rank >= 1 else { throw malformed("a table of shape \(table.shape)") }
        return try pick(table, axis: 0, 0, ids)
    }
}
