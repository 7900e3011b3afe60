import Kernels
import Tensors

/// The named variables of one session, which keep their values from run to run.
final class VariableStore {
    /// The elements of a variable.
    struct Value {
        let type: Plan.PlannedType
        let storage: TensorStorage
    }

    private var values: [Int32: Value] = [:]
    private var finished: Set<Int> = []
    private var generators: [Int32: PhiloxGenerator] = [:]

    /// The value of a variable; nil before the first one.
    subscript(_ number: Int32) -> Value? { values[number] }

    /// Copies elements into a variable.
    func set(_ number: Int32, _ type: Plan.PlannedType, _ elements: UnsafeRawPointer) {
        let value: Value
        if let present = values[number], present.type == type {
            value = present
        } else {
            value = Value(type: type, storage: TensorStorage(byteCount: max(type.byteCount, 1)))
            values[number] = value
        }
        value.storage.mutableBytes.copyMemory(
            from: UnsafeRawBufferPointer(start: elements, count: type.byteCount))
    }

    /// Whether a subgraph that runs only once has yet to run; true once.
    func begin(_ subgraph: Int) -> Bool { finished.insert(subgraph).inserted }

    /// Lends the generator of an operator, which goes on where the run before ended.
    ///
    /// - Parameters:
    ///   - seed: where the generator starts; any place if both seeds are 0.
    func withGenerator(
        _ number: Int32, _ seed: UInt64, _ secondSeed: UInt64,
        _ body: (inout PhiloxGenerator) -> Void
    ) {
        let isSeeded = seed != 0 || secondSeed != 0
        body(
            &generators[
                number,
                default: PhiloxGenerator(
                    seed: isSeeded ? seed : .random(in: 0 ... .max),
                    secondSeed: isSeeded ? secondSeed : .random(in: 0 ... .max))])
    }

    /// Forgets all values, so that the next run starts like the first.
    func reset() {
        values = [:]
        finished = []
        generators = [:]
    }
}
