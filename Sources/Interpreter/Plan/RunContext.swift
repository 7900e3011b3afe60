import TFLiteFormat

/// What a run hands to every operator: where the tensors of the plan lie, and what else the session keeps.
///
/// Addresses have no types: an operator that was prepared for the plan knows the type and size of each of its operands.
struct RunContext {
    /// The elements of each tensor.
    let tensors: UnsafePointer<UnsafeMutableRawPointer>
    /// How many threads a kernel may use.
    let threads: Int
    /// The named variables of the session.
    let variables: VariableStore
    /// The memory of the subgraphs that operators run.
    let subroutines: SubroutineMemories

    /// The elements of a tensor that is read.
    func bytes(_ operand: Operand) -> UnsafeRawPointer {
        UnsafeRawPointer(output(operand))
    }

    /// The elements of a tensor that is written.
    func output(_ operand: Operand) -> UnsafeMutableRawPointer {
        tensors[operand.tensor.position]
    }

    /// The elements, of type `Element`, of a tensor that is read.
    func elements<Element>(
        _ operand: Operand, _: Element.Type = Element.self
    ) -> UnsafePointer<Element> {
        bytes(operand).assumingMemoryBound(to: Element.self)
    }

    /// The elements, of type `Element`, of a tensor that is written.
    func output<Element>(
        _ operand: Operand, as _: Element.Type = Element.self
    ) -> UnsafeMutablePointer<Element> {
        output(operand).assumingMemoryBound(to: Element.self)
    }

    /// The elements of a float tensor that is read.
    func floats(_ operand: Operand) -> UnsafePointer<Float> { elements(operand) }

    /// The elements of a float tensor, by its index, that is read.
    func floats(_ tensor: TensorIndex) -> UnsafePointer<Float> {
        UnsafePointer(floatOutput(tensor))
    }

    /// The elements of a float tensor, by its index, that is written.
    func floatOutput(_ tensor: TensorIndex) -> UnsafeMutablePointer<Float> {
        tensors[tensor.position].assumingMemoryBound(to: Float.self)
    }

    /// The elements of a float tensor that is read; nil if there is none.
    func floats(_ operand: Operand?) -> UnsafePointer<Float>? {
        operand.map { elements($0) }
    }

    /// The elements of a float tensor that is written.
    func floatOutput(_ operand: Operand) -> UnsafeMutablePointer<Float> {
        output(operand, as: Float.self)
    }

    /// Runs an operator by itself, on one thread and without variables, on tensors at these addresses.
    static func withTensors(
        _ tensors: [UnsafeMutableRawPointer], _ run: OperatorFunction
    ) throws {
        try tensors.withUnsafeBufferPointer { table in
            guard let start = table.baseAddress else { return }
            try run(
                RunContext(
                    tensors: start, threads: 1, variables: VariableStore(),
                    subroutines: SubroutineMemories()))
        }
    }
}
