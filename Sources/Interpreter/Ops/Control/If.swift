import TFLiteFormat

extension OperatorPreparation {
    /// IF: one of two subgraphs on the inputs after the first, which decides.
    ///
    /// If they give results of different types, or compute shapes, the operators behind are planned after the run.
    func branch() throws -> PreparedOperator {
        let options = try options(IfOptions.self)
        let condition = try plainInput(0)
        guard condition.dtype == .bool, condition.count == 1 else {
            throw malformed("the condition must be a single truth value")
        }
        let arguments = try inputs.indices.dropFirst().map { try plainInput($0) }
        let choice = (options.thenSubgraph, options.elseSubgraph)
        let known = condition.known?.bytes.first.map { $0 != 0 }
        let accepted = try subroutine(known == false ? choice.1 : choice.0, of: arguments)
        let refused = try known == nil ? subroutine(choice.1, of: arguments) : accepted
        let holds = { @Sendable (context: RunContext) in
            context.elements(condition, UInt8.self).pointee != 0
        }
        guard !accepted.isStaged, !refused.isStaged, accepted.outputTypes == refused.outputTypes
        else {
            return .dynamic { context in
                try (holds(context) ? accepted : refused).make(context, arguments)
            }
        }
        let results = try outputs(of: accepted)
        return PreparedOperator(results, hasEffects: true) { context in
            try (holds(context) ? accepted : refused).run(context, arguments, results)
        }
    }
}
