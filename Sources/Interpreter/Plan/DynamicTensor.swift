import Tensors

/// A tensor that a run made and whose type no plan knew.
struct DynamicTensor {
    let type: Plan.PlannedType
    private let storage: TensorStorage

    /// A copy of elements.
    init(_ type: Plan.PlannedType, copying elements: UnsafeRawPointer) {
        self.type = type
        storage = TensorStorage(byteCount: max(type.byteCount, 1))
        storage.mutableBytes.copyMemory(
            from: UnsafeRawBufferPointer(start: elements, count: type.byteCount))
    }

    /// Whether two tensors are the same memory.
    func isSame(as other: DynamicTensor) -> Bool { storage === other.storage }

    /// Hands the elements to `body`.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(storage) {
            try body(UnsafeRawBufferPointer(rebasing: storage.mutableBytes[..<type.byteCount]))
        }
    }
}
