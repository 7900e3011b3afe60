/// How much memory the tensors of a plan need.
package struct MemoryProfile: Sendable, Equatable {
    /// The size of the block that holds all tensors.
    package let arenaByteCount: Int
    /// The bytes of it that hold variables, which live from run to run.
    package let variableByteCount: Int
    /// The most bytes that are needed at the same time; no layout is smaller.
    package let peakByteCount: Int
    /// The step that needs most; nil if that is before the first step or after the last one.
    package let peakStep: Int?

    /// The profile of a layout.
    package init(_ layout: ArenaLayout) {
        let peak = layout.lifetimes.peak
        arenaByteCount = layout.byteCount
        variableByteCount = layout.variableByteCount
        peakByteCount = peak.byteCount
        peakStep = (1..<layout.lifetimes.end).contains(peak.time) ? peak.time - 1 : nil
    }
}
