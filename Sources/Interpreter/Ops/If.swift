import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// IF: one of two subgraphs on the inputs after the first, which decides.
    ///
    /// Where both give results of the same types the run decides; else the decision has to be made before the operators
    /// behind are planned.
    mutating func branch() throws -> Kernel {
        guard case .if(let options) = options else { throw malformed("no options") }
        let condition = try plainInput(0)
        guard condition.dtype == .bool, condition.count == 1 else {
            throw malformed("the condition is no single truth value")
        }
        let arguments = try inputs.indices.dropFirst().map { try plainInput($0) }
        func subroutine(_ index: Int) throws -> Subroutine {
            let routine = try subgraph(index, arguments.map(\.shape))
            let types = arguments.map { Plan.PlannedType(dtype: $0.dtype, shape: $0.shape) }
            guard routine.inputTypes == types else { throw malformed("a subgraph of other inputs") }
            return routine
        }
        hasEffects = true
        if condition.known == nil {
            let (accepted, refused) = (
                try subroutine(options.thenSubgraph), try subroutine(options.elseSubgraph)
            )
            if !accepted.isStaged, !refused.isStaged, accepted.outputTypes == refused.outputTypes {
                let results = try outputs(of: accepted)
                return { frame in
                    let holds = frame.elements(condition, UInt8.self).pointee != 0
                    try (holds ? accepted : refused).run(frame, arguments, results)
                }
            }
        }
        let holds = try decidingElements(condition).bytes.first.map { $0 != 0 } ?? false
        let taken = try subroutine(holds ? options.thenSubgraph : options.elseSubgraph)
        guard !taken.isStaged else { throw unsupported("a branch that computes shapes") }
        let results = try outputs(of: taken)
        return { frame in try taken.run(frame, arguments, results) }
    }

    /// Declares what a subgraph gives as the outputs.
    private mutating func outputs(of routine: Subroutine) throws -> [Operand] {
        let types = routine.outputTypes
        guard types.count == outputCount else { throw malformed("a subgraph of other outputs") }
        return try types.indices.map { try output($0, types[$0].dtype, types[$0].shape) }
    }
}

extension Subroutine {
    /// Runs the subgraph on tensors of its caller; results have the types that were planned.
    func run(_ frame: Frame, _ arguments: [Operand], _ results: [Operand]) throws {
        let memory = try StagedMemory(plan, variables: frame.variables)
        for (tensor, argument) in zip(inputs, arguments) {
            memory.bytes(tensor).copyMemory(
                from: UnsafeRawBufferPointer(
                    start: frame.bytes(argument), count: argument.count * argument.elementSize))
        }
        try memory.run(threads: frame.threads)
        for (tensor, result) in zip(outputs, results) {
            guard let source = memory.result(tensor).baseAddress else { continue }
            frame.output(result).copyMemory(
                from: source, byteCount: result.count * result.elementSize)
        }
    }
}
