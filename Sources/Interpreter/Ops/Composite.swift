import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// STABLEHLO_COMPOSITE: a named function, computed by the subgraph that says the same in known operators.
    mutating func composite() throws -> Kernel {
        guard case .composite(let decomposition) = secondOptions else {
            throw malformed("no options")
        }
        let arguments = try inputs.indices.map { try plainInput($0) }
        let routine = try subroutine(decomposition, of: arguments)
        hasEffects = routine.hasEffects
        guard !routine.isStaged else {
            throw RunNeeded { frame in try routine.make(frame, arguments) }
        }
        let results = try outputs(of: routine)
        return { frame in try routine.run(frame, arguments, results) }
    }
}
