import TFLiteFormat

/// The memory that TensorFlow Lite Micro needs for a file: the smallest arena that works.
///
/// The runtime's allocations are repeated in their order, with the sizes of its structures and kernels.
package struct MicroArena: Sendable, Equatable {
    /// The bytes of an arena that starts at a multiple of 16; a multiple of 16.
    package let byteCount: Int
    /// The bytes of activations and of the kernels' working memory.
    package let headByteCount: Int
    /// The bytes of lasting memory: the runtime's structures, the kernels' data, variables.
    package let tailByteCount: Int
    /// The resource variables that the application has to provide for.
    package let resourceVariableCount: Int

    /// The arena of a file.
    ///
    /// - Throws: what the sources of buffers throw.
    package init(of model: TFLiteModel, on runtime: MicroRuntime) throws {
        let simulation = try ArenaSimulation(model, runtime)
        byteCount = simulation.ends.needed + simulation.margin
        headByteCount = simulation.plan.byteCount
        tailByteCount = simulation.ends.tail
        resourceVariableCount = simulation.variables.count
    }
}
