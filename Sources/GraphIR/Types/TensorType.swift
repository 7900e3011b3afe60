import Tensors

/// The element type and extents of a value.
package struct TensorType: Sendable, Hashable {
    package var dtype: DType
    package var shape: Shape

    package init(_ dtype: DType, _ shape: Shape) {
        self.dtype = dtype
        self.shape = shape
    }

    /// A type of 32-bit floats.
    package static func float32(_ dims: Int...) -> TensorType {
        TensorType(.float32, Shape(dims))
    }

    /// Bytes of the elements, with each free extent counted as one; saturates at `Int.max`.
    package var byteCount: Int { dtype.byteCount(of: shape.elementCount) }
}

extension TensorType: CustomStringConvertible {
    /// The type in the graph's text form, `float32[1,224,224,3]`; a free extent is `?`.
    package var description: String {
        let dims = shape.dims.map { $0 == Shape.free ? "?" : String($0) }
        return "\(dtype.rawValue)[\(dims.joined(separator: ","))]"
    }
}

extension Constant {
    /// The type of a value with these elements.
    package var type: TensorType { TensorType(dtype, shape) }
}
