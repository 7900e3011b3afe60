/// What one step of a plan reads and writes, as far as memory is concerned.
///
/// Tensors are named by their positions in the table of the plan.
package struct MemoryStep: Sendable {
    /// The tensors read.
    package let inputs: [Int]
    /// The tensors written.
    package let outputs: [Int]
    /// Whether the output can lie where an input lies.
    package let sharing: MemorySharing

    package init(inputs: [Int], outputs: [Int], sharing: MemorySharing = .none) {
        self.inputs = inputs
        self.outputs = outputs
        self.sharing = sharing
    }
}

/// Whether the output of a step can lie where an input lies.
package enum MemorySharing: Sendable {
    case none
    /// The output has the bytes of the first input; nothing is copied if they share memory.
    case view
    /// The step reads an element only before it writes it; these inputs have the size of the output.
    case inPlace([Int])
}
