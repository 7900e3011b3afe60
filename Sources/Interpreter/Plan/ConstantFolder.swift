import Foundations
import TFLiteFormat
import Tensors

/// Runs an operator whose result follows from constants and shapes while the plan is made.
struct ConstantFolder {
    /// The most bytes that such a result may have, unless its inputs are of a similar size.
    private static let freeByteCount = 1 << 16
    /// How many times the size of its inputs a result may have.
    private static let largestGrowth = 4

    /// The elements of the outputs; nil if they depend on the run, or are much larger than the inputs.
    ///
    /// - Parameters:
    ///   - work: the steps that the operator draws from a budget.
    ///   - tensorCount: how many tensors the plan has so far.
    /// - Throws: `Problem.Kind.tooLarge` if the outputs exceed the budget, `overBudget`, and what the operator throws.
    static func elements(
        of prepared: PreparedOperator, _ name: BuiltinOperator, inputs: [Operand],
        work: Int, tensorCount: Int, _ budget: inout MemoryBudget
    ) throws -> [KnownElements]? {
        let outputs = prepared.outputs
        guard case .known(let run) = prepared.execution, !outputs.isEmpty, !prepared.hasEffects,
            !prepared.dependsOnElements || inputs.allSatisfy({ $0.known != nil })
        else { return nil }
        let size = outputs.reduce(0) { $0 + $1.byteCount }
        let source = inputs.reduce(0) { $0 + ($1.known?.byteCount ?? 0) }
        guard size <= max(freeByteCount, largestGrowth * source) else { return nil }
        try budget.take(size, for: "a constant of \(name)")
        let storages = outputs.map { TensorStorage(byteCount: max($0.byteCount, 1)) }
        if size > 0 {
            try ResourceBudget.current.spend(work, on: "a constant of \(name)")
            let unused = TensorStorage(byteCount: 1)
            var tensors = Array(repeating: unused.start, count: tensorCount)
            for input in inputs {
                guard let known = input.known else { continue }
                tensors[input.tensor.position] = UnsafeMutableRawPointer(mutating: known.start)
            }
            for (output, storage) in zip(outputs, storages) {
                tensors[output.tensor.position] = storage.start
            }
            try withExtendedLifetime((inputs, unused)) {
                try RunContext.withTensors(tensors, run)
            }
        }
        return zip(outputs, storages).map { KnownElements($1, byteCount: $0.byteCount) }
    }
}
