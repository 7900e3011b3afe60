extension OperatorPreparation {
    /// STABLEHLO_COMPOSITE: a named function, computed by the subgraph that says the same in known operators.
    func composite() throws -> PreparedOperator {
        guard case .composite(let decomposition) = secondOptions else {
            throw malformed("it has no options")
        }
        let arguments = try inputs.indices.map { try plainInput($0) }
        let routine = try subroutine(decomposition, of: arguments)
        guard !routine.isStaged else {
            return .dynamic { context in try routine.make(context, arguments) }
        }
        let results = try outputs(of: routine)
        return PreparedOperator(results, hasEffects: routine.hasEffects) { context in
            try routine.run(context, arguments, results)
        }
    }
}
