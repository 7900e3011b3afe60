import Microcontrollers
import TFLiteFormat

/// The memory that TensorFlow Lite Micro needs for a file with one library of kernels.
public struct ArenaSize: Sendable, Codable {
    /// The kernels and the processors that they are for.
    public let kernels: String
    /// The bits of a pointer, 32 or 64.
    public let pointerBits: Int
    /// The bytes of the smallest arena, which has to start at a multiple of 16.
    public let byteCount: Int
    /// The bytes of activations and of the kernels' working memory in it.
    public let activationByteCount: Int
    /// Whether arenas for these kernels were compared with the runtime; other sizes have a margin of 2 %.
    public let isMeasured: Bool

    init(_ arena: MicroArena, on runtime: MicroRuntime) {
        kernels = runtime.kernels.name
        pointerBits = 8 * runtime.word.byteCount
        byteCount = arena.byteCount
        activationByteCount = arena.headByteCount
        isMeasured = runtime.kernels.isMeasured
    }

    /// The arenas of a file for every library of kernels on 32-bit processors, and for the reference kernels on 64-bit ones.
    static func all(of model: TFLiteModel) throws -> [ArenaSize] {
        try MicroRuntime.all.map { ArenaSize(try MicroArena(of: model, on: $0), on: $0) }
    }
}
