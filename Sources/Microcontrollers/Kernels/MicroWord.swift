/// The width of pointers of a processor, on which the sizes of the runtime's structures depend.
package enum MicroWord: Int, Sendable, CaseIterable {
    /// Pointers of 4 bytes; integers and floats of 8 bytes are aligned to 8, as on ARM, RISC-V and Xtensa.
    case bits32 = 4
    /// Pointers of 8 bytes.
    case bits64 = 8

    /// The bytes of a pointer.
    package var byteCount: Int { rawValue }

    /// The size of a structure on this processor.
    func size(_ narrow: Int, _ wide: Int) -> MemorySize {
        MemorySize(self == .bits32 ? narrow : wide, alignment: byteCount)
    }

    /// The size of an array of 32-bit integers with its length before it.
    func integers(_ count: Int) -> MemorySize { MemorySize(4 + 4 * count, alignment: 4) }
}

/// The size of something in memory, and what its address is a multiple of.
struct MemorySize {
    let byteCount: Int
    let alignment: Int

    init(_ byteCount: Int, alignment: Int) {
        self.byteCount = byteCount
        self.alignment = alignment
    }

    /// The size of `count` of them in a row.
    static func * (size: MemorySize, count: Int) -> MemorySize {
        MemorySize(size.byteCount * count, alignment: size.alignment)
    }
}

extension MicroWord {
    /// `TfLiteTensor`.
    var tensor: MemorySize { size(40, 64) }
    /// `TfLiteEvalTensor`.
    var evalTensor: MemorySize { size(12, 24) }
    /// `NodeAndRegistration`.
    var node: MemorySize { size(32, 64) }
    /// `TfLiteAffineQuantization`.
    var quantization: MemorySize { size(12, 24) }
    /// `SubgraphAllocations`; larger in a runtime that decompresses constants.
    func subgraph(decompressing: Bool) -> MemorySize {
        decompressing ? size(12, 24) : size(8, 16)
    }
    /// `ScratchBufferRequest`.
    var scratchRequest: MemorySize { size(12, 16) }
    /// `AllocationInfo`.
    var allocationInfo: MemorySize { size(24, 32) }
    /// A pointer.
    var pointer: MemorySize { size(4, 8) }
    /// `SingleArenaBufferAllocator`.
    var arenaAllocator: MemorySize { size(36, 72) }
    /// `RecordingSingleArenaBufferAllocator`.
    var recordingArenaAllocator: MemorySize { size(52, 104) }
    /// `GreedyMemoryPlanner`.
    var planner: MemorySize { size(44, 72) }
    /// `MicroAllocator`.
    var allocator: MemorySize { size(36, 72) }
    /// `RecordingMicroAllocator` in a runtime that decompresses constants.
    var recordingAllocator: MemorySize { size(136, 272) }
    /// `MicroBuiltinDataAllocator`.
    var optionsAllocator: MemorySize { size(8, 16) }
    /// `MicroResourceVariables`.
    var resourceVariables: MemorySize { size(12, 16) }
    /// `MicroResourceVariable`.
    var resourceVariable: MemorySize { size(20, 40) }
}
