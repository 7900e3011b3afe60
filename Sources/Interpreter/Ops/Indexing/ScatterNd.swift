import Kernels
import Tensors

extension OperatorPreparation {
    /// SCATTER_ND: zeros of a given shape with slices added at indices; equal indices add up.
    func scatterNd() throws -> PreparedOperator {
        let (indices, updates) = (try plainInput(0), try plainInput(1))
        let shape = Shape(try integers(2))
        guard indices.dtype == .int32, shape.dims.allSatisfy({ $0 >= 0 }) else {
            throw unsupported(indices.dtype)
        }
        let slices = try fitting(SliceIndex(indices: indices.shape, into: shape))
        guard updates.count == slices.slicesShape.elementCount else {
            throw malformed("updates of shape \(updates.shape) for \(slices.slicesShape)")
        }
        let y = try output(0, updates.dtype, shape)
        let outside = malformed("an index is outside \(shape)")
        func kernel<Element: ArithmeticElement>(_: Element.Type) -> PreparedOperator {
            PreparedOperator(y) { context in
                let target = context.output(y, as: Element.self)
                target.update(repeating: Element.zero, count: y.count)
                let isInside = ReferenceKernels.scatterNd(
                    slices, indices: context.elements(indices, Int32.self),
                    updates: context.elements(updates), output: target)
                if !isInside { throw outside }
            }
        }
        switch updates.dtype {
        case .float32: return kernel(Float.self)
        case .int8: return kernel(Int8.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        case .uint8: return kernel(UInt8.self)
        default: throw unsupported(updates.dtype)
        }
    }
}
