import TFLiteFormat

extension OperatorPreparation {
    /// A subgraph for these arguments.
    func subroutine(_ index: Int, of arguments: [Operand]) throws -> Subroutine {
        let routine = try subgraphs.subroutine(index, arguments.map(\.shape))
        let types = arguments.map { Plan.PlannedType(dtype: $0.dtype, shape: $0.shape) }
        guard routine.inputTypes == types else {
            throw malformed("its subgraph takes other inputs")
        }
        return routine
    }

    /// Declares what a subgraph gives as the outputs.
    func outputs(of routine: Subroutine) throws -> [Operand] {
        let types = routine.outputTypes
        guard types.count == outputCount else {
            throw malformed("its subgraph gives other outputs")
        }
        return try types.indices.map { try output($0, types[$0].dtype, types[$0].shape) }
    }
}
