import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// ONE_HOT: `on` at the index along a new axis of extent `depth`, `off` elsewhere.
    func oneHot() throws -> PreparedOperator {
        var axisOption = -1
        if let options = optionalOptions(OneHotOptions.self) { axisOption = options.axis }
        let (indices, depth) = (try plainInput(0), try integer(1))
        let on = try plainInput(2)
        let off = try plainOrEqualScalar(3, like: on)
        let rank = indices.shape.rank
        let axis = axisOption < 0 ? axisOption + rank + 1 : axisOption
        guard depth >= 0, on.count == 1, (0...rank).contains(axis) else {
            throw malformed("a depth of \(depth) along axis \(axisOption)")
        }
        var dims = indices.shape.dims
        dims.insert(depth, at: axis)
        let y = try output(0, on.dtype, Shape(dims))
        let outer = Shape(Array(indices.shape.dims[..<axis])).elementCount
        let inner = Shape(Array(indices.shape.dims[axis...])).elementCount
        func kernel<
            Index: FixedWidthInteger & Sendable, Element: BitwiseCopyable & Sendable
        >(_: Index.Type, _: Element.Type) -> PreparedOperator {
            PreparedOperator(y) { context in
                ReferenceKernels.oneHot(
                    outer: outer, depth: depth, inner: inner,
                    on: context.elements(on, Element.self).pointee,
                    off: context.elements(off, Element.self).pointee,
                    indices: context.elements(indices, Index.self), output: context.output(y))
            }
        }
        switch (indices.dtype, on.elementSize) {
        case (.int32, 1): return kernel(Int32.self, UInt8.self)
        case (.int32, 4): return kernel(Int32.self, UInt32.self)
        case (.int32, 8): return kernel(Int32.self, UInt64.self)
        case (.int64, 1): return kernel(Int64.self, UInt8.self)
        case (.int64, 4): return kernel(Int64.self, UInt32.self)
        case (.int64, 8): return kernel(Int64.self, UInt64.self)
        default: throw unsupported(indices.dtype)
        }
    }
}
