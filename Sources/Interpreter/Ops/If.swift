import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// IF: one of two subgraphs on the inputs after the first, which decides.
    ///
    /// Where they give results of different types, or compute shapes, the operators behind are planned after the run.
    mutating func branch() throws -> Kernel {
        let options = try options(IfOptions.self)
        let condition = try plainInput(0)
        guard condition.dtype == .bool, condition.count == 1 else {
            throw malformed("the condition is no single truth value")
        }
        let arguments = try inputs.indices.dropFirst().map { try plainInput($0) }
        hasEffects = true
        let choice = (options.thenSubgraph, options.elseSubgraph)
        let known = condition.known?.bytes.first.map { $0 != 0 }
        let accepted = try subroutine(known == false ? choice.1 : choice.0, of: arguments)
        let refused = try known == nil ? subroutine(choice.1, of: arguments) : accepted
        let holds = { @Sendable (frame: Frame) in
            frame.elements(condition, UInt8.self).pointee != 0
        }
        guard !accepted.isStaged, !refused.isStaged, accepted.outputTypes == refused.outputTypes
        else {
            throw RunNeeded { frame in
                try (holds(frame) ? accepted : refused).make(frame, arguments)
            }
        }
        let results = try outputs(of: accepted)
        return { frame in
            try (holds(frame) ? accepted : refused).run(frame, arguments, results)
        }
    }

    /// A subgraph for these arguments.
    func subroutine(_ index: Int, of arguments: [Operand]) throws -> Subroutine {
        let routine = try subgraphs.subroutine(index, arguments.map(\.shape))
        let types = arguments.map { Plan.PlannedType(dtype: $0.dtype, shape: $0.shape) }
        guard routine.inputTypes == types else { throw malformed("a subgraph of other inputs") }
        return routine
    }

    /// Declares what a subgraph gives as the outputs.
    mutating func outputs(of routine: Subroutine) throws -> [Operand] {
        let types = routine.outputTypes
        guard types.count == outputCount else { throw malformed("a subgraph of other outputs") }
        return try types.indices.map { try output($0, types[$0].dtype, types[$0].shape) }
    }
}
