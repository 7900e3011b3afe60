import TFLiteFormat

extension OperatorPreparation {
    /// WHILE: the body on what it gave the round before, as long as the condition holds.
    ///
    /// If the body changes shapes, or computes them, the operators behind are planned after the run.
    func whileLoop() throws -> PreparedOperator {
        let options = try options(WhileOptions.self)
        let values = try inputs.indices.map { try plainInput($0) }
        let shapes = values.map(\.shape)
        let condition = try subgraph(options.conditionSubgraph, shapes)
        let body = try subgraph(options.bodySubgraph, shapes)
        let types = values.map { Plan.PlannedType(dtype: $0.dtype, shape: $0.shape) }
        guard body.inputTypes == types, condition.inputTypes == types,
            body.outputs.count == types.count
        else { throw malformed("its subgraphs take other values") }
        guard condition.outputs.count == 1, condition.isStaged || condition.endsInTruthValue else {
            throw malformed("the condition must be a single truth value")
        }
        guard !body.isStaged, body.outputTypes == types else {
            let loop = GrowingLoop(
                conditionIndex: options.conditionSubgraph, bodyIndex: options.bodySubgraph,
                condition: condition, body: body, subgraphs: subgraphs)
            return .dynamic { context in try loop.run(context, values) }
        }
        let results = try values.indices.map {
            try output($0, values[$0].dtype, values[$0].shape)
        }
        return PreparedOperator(results, hasEffects: condition.hasEffects || body.hasEffects) {
            context in
            try LoopRun(condition: condition, body: body, context: context)
                .run(values, results)
        }
    }
}
