import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// GATHER_ND: the slices of x that the indices `[…, depth]` address.
    mutating func gatherNd() throws -> Kernel {
        let (x, indices) = (try input(0), try plainInput(1))
        let slices = try fitting(SliceIndex(indices: indices.shape, into: x.shape))
        let y = try output(0, x.dtype, slices.slicesShape, quantized: true)
        let outside = malformed("an index is outside \(x.shape)")
        func kernel<Index: FixedWidthInteger & BitwiseCopyable & Sendable>(
            _: Index.Type
        ) -> Kernel {
            { frame in
                let isInside = ReferenceKernels.gatherNd(
                    slices, indices: frame.elements(indices, Index.self),
                    elementSize: x.elementSize, input: frame.bytes(x), output: frame.output(y))
                if !isInside { throw outside }
            }
        }
        switch indices.dtype {
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        default: throw unsupported(indices.dtype)
        }
    }

    /// SCATTER_ND: zeros of a given shape with slices added at indices; equal indices add up.
    mutating func scatterNd() throws -> Kernel {
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
        func kernel<Element: ArithmeticElement>(_: Element.Type) -> Kernel {
            { frame in
                let target = frame.output(y, as: Element.self)
                target.update(repeating: Element.zero, count: y.count)
                let isInside = ReferenceKernels.scatterNd(
                    slices, indices: frame.elements(indices, Int32.self),
                    updates: frame.elements(updates), output: target)
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
