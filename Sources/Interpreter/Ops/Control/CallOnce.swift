import TFLiteFormat

extension OperatorPreparation {
    /// CALL_ONCE: a subgraph that runs in the first run of a session only.
    func callOnce() throws -> PreparedOperator {
        let options = try options(CallOnceOptions.self)
        let routine = try subgraph(options.initialSubgraph, [])
        return PreparedOperator(hasEffects: true) { context in
            guard context.variables.begin(options.initialSubgraph) else { return }
            try routine.run(context, [], [])
        }
    }
}
