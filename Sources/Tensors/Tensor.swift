/// A dense row-major array in memory.
///
/// Storage is 64-byte aligned and shared between copies; it is written only while it is being made.
package struct Tensor: Sendable {
    /// The element type.
    package let dtype: DType
    /// The extents; all known.
    package let shape: Shape
    /// The elements, `shape.elementCount · dtype.byteCount` bytes.
    package let storage: TensorStorage

    package init(dtype: DType, shape: Shape, storage: TensorStorage) {
        self.dtype = dtype
        self.shape = shape
        self.storage = storage
    }

    /// A tensor whose elements `fill` writes.
    ///
    /// The storage starts as zeros.
    package init(
        dtype: DType, shape: Shape, fill: (UnsafeMutableRawBufferPointer) throws -> Void
    ) rethrows {
        let storage = TensorStorage(byteCount: shape.elementCount * dtype.byteCount)
        try fill(storage.mutableBytes)
        self.init(dtype: dtype, shape: shape, storage: storage)
    }

    /// A tensor of zeros.
    package static func zeros(_ dtype: DType, _ shape: Shape) -> Tensor {
        Tensor(dtype: dtype, shape: shape) { _ in }
    }

    /// A tensor of 32-bit floats.
    ///
    /// `values.count` is `shape.elementCount`.
    package init(_ values: [Float], _ shape: Shape) {
        self.init(dtype: .float32, shape: shape, copying: values)
    }

    /// A tensor of 32-bit integers.
    ///
    /// `values.count` is `shape.elementCount`.
    package init(_ values: [Int32], _ shape: Shape) {
        self.init(dtype: .int32, shape: shape, copying: values)
    }

    /// A tensor with the bytes of `values`; extra elements on either side are dropped or stay zero.
    package init<Element: BitwiseCopyable>(dtype: DType, shape: Shape, copying values: [Element]) {
        self.init(dtype: dtype, shape: shape) { target in
            values.withUnsafeBytes { source in
                target.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: source.prefix(target.count)))
            }
        }
    }

    /// The same elements under another shape of equal element count.
    package func reshaped(_ shape: Shape) -> Tensor {
        Tensor(dtype: dtype, shape: shape, storage: storage)
    }

    /// The number of elements.
    package var count: Int { shape.elementCount }

    /// The elements as raw bytes, valid during `body`.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
        -> Result
    {
        try body(UnsafeRawBufferPointer(storage.mutableBytes))
    }

    /// The elements as `Element`, whose size must be that of `dtype`.
    ///
    /// Valid during `body`.
    package func withElements<Element: BitwiseCopyable, Result>(
        _: Element.Type = Element.self, _ body: (UnsafeBufferPointer<Element>) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeBufferPointer(storage.mutableBytes.bindMemory(to: Element.self)))
    }

    /// A copy of the elements as `Element`, whose size must be that of `dtype`.
    package func array<Element: BitwiseCopyable>(of _: Element.Type = Element.self) -> [Element] {
        withElements(Element.self) { Array($0) }
    }
}
