import Foundations
import Problems

/// An array that stays where it is stored until it is needed.
///
/// A constant is a strided view of stored elements (a region of a mapped weights file or memory) multiplied by
/// factors along some axes. Permuting, slicing and scaling make new views and touch no element; the elements are read,
/// permuted, scaled and rounded once, when they are written or evaluated:
///
///     element[i₀, i₁, …] = stored[offset + Σ iₖ·strideₖ] · Π factorₐ[iₐ]        in double precision
package struct Constant: Sendable {
    /// The element type presented to readers.
    ///
    /// Stored elements of another type are converted.
    package internal(set) var dtype: DType
    /// The extents of the view.
    package internal(set) var shape: Shape

    let source: ConstantSource
    /// The type of the stored elements.
    let storedType: DType
    /// The first element, in elements from the start of `source`.
    var offset: Int
    /// Elements between neighbours of the view, for each dimension; 0 repeats.
    var strides: [Int]
    /// Factors along axes of the view, each as long as its axis.
    var factors: [Int: [Double]] = [:]
    /// The steps whose multiples the elements are, or were rounded to in training; nil for any numbers.
    package var grid: IntegerGrid?

    /// The size of the view's elements in bytes; saturates at `Int.max`.
    package var byteCount: Int { dtype.byteCount(of: shape.elementCount) }

    /// A constant of the elements stored densely in a region of a mapped file.
    ///
    /// - Parameters:
    ///   - dtype: the type presented to readers; `storedType` is what the file holds.
    ///   - byteOffset: where the elements start in `file`.
    /// - Throws: `Problem.Kind.truncated` if the region is not inside the file.
    package init(
        file: MappedFile, byteOffset: Int, storedType: DType, shape: Shape, as dtype: DType
    ) throws {
        self = try locating(file: file.path) {
            try Constant(
                bytes: file.bytes, owner: file, byteOffset: byteOffset, storedType: storedType,
                shape: shape, as: dtype)
        }
    }

    /// A constant of the elements stored densely in a region of memory that lives as long as `owner`.
    ///
    /// - Parameters:
    ///   - dtype: the type presented to readers; `storedType` is what the memory holds.
    ///   - byteOffset: where the elements start in `bytes`.
    /// - Throws: `Problem.Kind.truncated` if the region is not inside the memory.
    package init(
        bytes: UnsafeRawBufferPointer, owner: AnyObject, byteOffset: Int, storedType: DType,
        shape: Shape, as dtype: DType
    ) throws {
        let byteCount = storedType.byteCount(of: shape.elementCount)
        guard byteOffset >= 0, byteOffset <= bytes.count,
            byteCount <= bytes.count - byteOffset
        else {
            throw Problem(.truncated(what: "a dataset of shape \(shape)"))
        }
        let region = UnsafeRawBufferPointer(rebasing: bytes[byteOffset..<byteOffset + byteCount])
        self.init(
            source: ConstantSource(bytes: region, owner: owner), storedType: storedType,
            shape: shape, dtype: dtype)
    }

    /// A constant of the elements of a tensor, read as `dtype` (by default the tensor's).
    package init(_ tensor: Tensor, as dtype: DType? = nil) {
        self.init(
            source: ConstantSource(
                bytes: UnsafeRawBufferPointer(tensor.storage.mutableBytes), owner: tensor.storage),
            storedType: tensor.dtype, shape: tensor.shape, dtype: dtype ?? tensor.dtype)
    }

    /// A constant of 32-bit floats that keeps `values` in double precision until it is read.
    package init(_ values: [Double], _ shape: Shape) {
        self.init(Tensor(dtype: .float64, shape: shape, copying: values), as: .float32)
    }

    /// A constant of 32-bit integers.
    package init(_ values: [Int], _ shape: Shape) {
        self.init(Tensor(values.map { Int32(clamping: $0) }, shape))
    }

    private init(source: ConstantSource, storedType: DType, shape: Shape, dtype: DType) {
        self.source = source
        self.storedType = storedType
        self.shape = shape
        self.dtype = dtype
        self.offset = 0
        self.strides = shape.strides
    }
}

/// The stored bytes of constants and what keeps them alive.
final class ConstantSource: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer
    private let owner: AnyObject

    init(bytes: UnsafeRawBufferPointer, owner: AnyObject) {
        self.bytes = bytes
        self.owner = owner
    }
}
