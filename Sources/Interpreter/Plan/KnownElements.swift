import Kernels
import Tensors

/// Elements that are known before the model runs: a constant, or what was computed from constants.
struct KnownElements: @unchecked Sendable {
    /// The first byte, aligned for the type of the elements.
    let start: UnsafeRawPointer
    /// The number of bytes.
    let byteCount: Int
    /// The elements as the fast kernels want them; nil if that is not to be kept.
    let packed: PackedMatrices?
    private let owner: any Sendable

    /// The bytes from `start` on, which stay and do not change while `owner` lives.
    init(
        _ start: UnsafeRawPointer, byteCount: Int, owner: any Sendable,
        packed: PackedMatrices? = PackedMatrices()
    ) {
        self.start = start
        self.byteCount = byteCount
        self.owner = owner
        self.packed = packed
    }

    /// The first bytes that `storage` holds.
    init(
        _ storage: TensorStorage, byteCount: Int, packed: PackedMatrices? = PackedMatrices()
    ) {
        self.init(
            UnsafeRawPointer(storage.start), byteCount: byteCount, owner: storage, packed: packed)
    }

    /// The bytes.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start, count: byteCount)
    }

    /// The elements of a tensor of floats.
    var floats: UnsafePointer<Float> { start.assumingMemoryBound(to: Float.self) }

    /// The elements as `Element`.
    func elements<Element: BitwiseCopyable>(_: Element.Type = Element.self) -> [Element] {
        Array(bytes.bindMemory(to: Element.self))
    }
}
