import CKernels
import Tensors

extension FastKernels {
    /// Converts `count` elements between types as `ReferenceKernels.cast` does; false if it does.
    package static func cast(
        from source: DType, to target: DType, count: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer, threads: Int = 1
    ) -> Bool {
        guard let from = source.kernelElement, let to = target.kernelElement,
            kc_cast(from, to, 0, input, output) != 0
        else {
            return ReferenceKernels.cast(
                from: source, to: target, count: count, input: input, output: output)
        }
        Parallel.forEachPart(of: count, threads: threads, grain: 16384) { part in
            _ = kc_cast(
                from, to, part.count, input + part.lowerBound * source.byteCount,
                output + part.lowerBound * target.byteCount)
        }
        return true
    }
}

extension DType {
    /// The type as the kernels know it; nil for the ones they do not.
    fileprivate var kernelElement: kc_element? {
        switch self {
        case .float32: kc_float32
        case .int32: kc_int32
        case .int64: kc_int64
        case .int8: kc_int8
        case .uint8: kc_uint8
        case .bool: kc_bool
        default: nil
        }
    }
}
