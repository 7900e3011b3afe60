import Kernels
import TFLiteFormat
import Tensors

/// A tensor as an operator sees it while it is prepared: type and extents are known, the elements sometimes.
struct Operand {
    /// The index of the tensor in its subgraph.
    let tensor: Int
    let dtype: DType
    let shape: Shape
    /// The elements, where they are known before the model runs.
    let known: KnownElements?
    /// How integers stand for real numbers; nil for plain ones.
    let quantization: TFLiteQuantization?

    var count: Int { shape.elementCount }
    var elementSize: Int { dtype.byteCount }
}

/// Elements that are known before the model runs: a constant, or what was computed from constants.
struct KnownElements: @unchecked Sendable {
    /// The elements, aligned for their type.
    let bytes: UnsafeRawBufferPointer
    /// The elements as the fast kernels want them; nil where that is not to be kept.
    let packed: PackedMatrices?
    private let owner: any Sendable

    /// The region `bytes`, which stays and does not change while `owner` lives.
    init(
        _ bytes: UnsafeRawBufferPointer, owner: any Sendable,
        packed: PackedMatrices? = PackedMatrices()
    ) {
        self.bytes = bytes
        self.owner = owner
        self.packed = packed
    }

    /// The elements that `storage` holds.
    init(_ storage: TensorStorage) {
        self.init(UnsafeRawBufferPointer(storage.mutableBytes), owner: storage)
    }

    /// The elements of a tensor of floats that is not empty.
    var floats: UnsafePointer<Float> {
        (bytes.baseAddress ?? KnownElements.nothing).assumingMemoryBound(to: Float.self)
    }

    /// Stands for the elements of empty tensors.
    nonisolated(unsafe) private static let nothing = UnsafeRawPointer(
        UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16))

    /// The elements as `Element`.
    func elements<Element: BitwiseCopyable>(_: Element.Type = Element.self) -> [Element] {
        Array(bytes.bindMemory(to: Element.self))
    }
}
