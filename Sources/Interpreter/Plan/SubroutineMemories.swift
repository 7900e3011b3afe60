/// The memory of the subgraphs that the operators of a graph run, kept from run to run.
final class SubroutineMemories {
    private var memories: [ObjectIdentifier: SessionMemory] = [:]

    /// The bytes of all memory.
    var arenaByteCount: Int { memories.values.reduce(0) { $0 + $1.arenaByteCount } }

    /// Memory for a plan, with any content but for its variables, which are zero.
    ///
    /// It is the same for each call with the same plan, which holds it for one run.
    func memory(for plan: Plan, variables: VariableStore) throws -> SessionMemory {
        if let known = memories[ObjectIdentifier(plan)] {
            known.clearVariables()
            return known
        }
        let made = try SessionMemory(plan, variables: variables)
        memories[ObjectIdentifier(plan)] = made
        return made
    }
}
