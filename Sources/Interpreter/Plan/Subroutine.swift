import Problems
import TFLiteFormat
import Tensors

/// A subgraph that an operator runs, ready for certain input shapes.
struct Subroutine: Sendable {
    let plan: Plan
    let inputs: [TensorIndex]
    let outputs: [TensorIndex]

    var inputTypes: [Plan.PlannedType] { inputs.compactMap { plan.types[$0] } }
    var outputTypes: [Plan.PlannedType] { outputs.compactMap { plan.types[$0] } }
    /// Whether types of outputs are known only after a run.
    var isStaged: Bool { plan.next != nil }
    /// Whether a run may change more than tensors.
    var hasEffects: Bool { plan.hasEffects || isStaged }
    /// Whether the only output is a single truth value.
    var endsInTruthValue: Bool {
        outputTypes.map(\.dtype) == [.bool] && outputTypes[0].shape.elementCount == 1
    }

    /// Runs the subgraph on tensors of its caller; results have the types that were planned.
    func run(_ context: RunContext, _ arguments: [Operand], _ results: [Operand]) throws {
        let memory = try run(context, arguments)
        for (tensor, result) in zip(outputs, results) {
            context.output(result).copyMemory(
                from: memory.resultAddress(tensor), byteCount: result.byteCount)
        }
    }

    /// Runs the subgraph on tensors of its caller; the run decides about the types of the results.
    func make(_ context: RunContext, _ arguments: [Operand]) throws -> [DynamicTensor] {
        results(in: try run(context, arguments))
    }

    /// Copies of the outputs after a run.
    func results(in memory: SessionMemory) -> [DynamicTensor] {
        outputs.compactMap { tensor in
            memory.resultType(tensor).map {
                DynamicTensor($0, copying: memory.resultAddress(tensor))
            }
        }
    }

    private func run(_ context: RunContext, _ arguments: [Operand]) throws -> SessionMemory {
        let memory = try context.subroutines.memory(for: plan, variables: context.variables)
        for (tensor, argument) in zip(inputs, arguments) {
            memory.bytes(tensor).copyMemory(
                from: UnsafeRawBufferPointer(
                    start: context.bytes(argument), count: argument.byteCount))
        }
        try memory.run(threads: context.threads)
        return memory
    }
}

/// Plans the subgraphs that the operators of a graph run.
struct SubgraphPlanner: Sendable {
    let model: TFLiteModel
    /// The graph.
    let index: Int
    let weights: PackedConstants
    let variables: VariableTable
    /// The most bytes that one subgraph may need for its tensors.
    let memoryLimit: Int
    /// How many operators the graph is inside of.
    let depth: Int

    /// The most operators with subgraphs inside each other.
    private static let largestDepth = 8

    /// The subgraph for inputs of the given shapes.
    ///
    /// - Throws: `Problem.Kind.malformed` if the file has no such subgraph, and what `Planner.plan` throws.
    func subroutine(_ index: Int, _ shapes: [Shape]) throws -> Subroutine {
        guard model.subgraphs.indices.contains(index), index > 0, depth < Self.largestDepth,
            model.subgraphs[index].inputs.count == shapes.count
        else {
            throw Problem(
                .malformed(what: "model", reason: "subgraph \(index) does not fit its operator"))
        }
        let plan = try Planner.plan(
            model, subgraph: index, inputShapes: shapes, memoryLimit: memoryLimit,
            weights: weights, depth: depth + 1, variables: variables)
        return Subroutine(
            plan: plan, inputs: model.subgraphs[index].inputs,
            outputs: model.subgraphs[index].outputs)
    }
}
