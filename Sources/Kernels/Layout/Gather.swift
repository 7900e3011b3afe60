import CKernels
import Tensors

extension LayoutKernels {
    /// Slices of `params` along `axis` at `indices`; false at an index outside the extent.
    ///
    /// `params` is `[batch…, outer…, n, inner…]`, `indices` `[batch…, picks…]` with `batchDims`
    /// shared leading dimensions, the result `[batch…, outer…, picks…, inner…]`.
    @_specialize(where Index == Int32)
    @_specialize(where Index == Int64)
    package static func gather<Index: FixedWidthInteger & BitwiseCopyable>(
        _ shape: Shape, axis: Int, batchDims: Int = 0, indicesShape: Shape,
        indices: UnsafePointer<Index>, elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) -> Bool {
        let batch = shape.dims[..<batchDims].reduce(1, *)
        let outer = shape.dims[batchDims..<axis].reduce(1, *)
        let extent = shape.dims[axis]
        let bytes = shape.dims[(axis + 1)...].reduce(1, *) * elementSize
        let picks = indicesShape.dims[batchDims...].reduce(1, *)
        for block in 0..<batch {
            let list = indices + block * picks
            for pick in 0..<picks where list[pick] < 0 || list[pick] >= extent { return false }
            for row in block * outer..<(block + 1) * outer {
                copy(
                    list, picks, from: input + row * extent * bytes, bytes,
                    to: output + row * picks * bytes)
            }
        }
        return true
    }

    /// Copies the slices of `bytes` bytes at some positions.
    @inline(__always)
    private static func copy<Index: FixedWidthInteger>(
        _ positions: UnsafePointer<Index>, _ count: Int, from source: UnsafeRawPointer,
        _ bytes: Int, to target: UnsafeMutableRawPointer
    ) {
        func move<Element: BitwiseCopyable>(_: Element.Type) {
            let source = source.assumingMemoryBound(to: Element.self)
            let target = target.assumingMemoryBound(to: Element.self)
            for index in 0..<count {
                target[index] = source[Int(truncatingIfNeeded: positions[index])]
            }
        }
        func moveUnaligned<Element: BitwiseCopyable>(_: Element.Type) {
            for index in 0..<count {
                let slice = source + Int(truncatingIfNeeded: positions[index]) * bytes
                (target + index * bytes).storeBytes(
                    of: slice.loadUnaligned(as: Element.self), as: Element.self)
            }
        }
        switch bytes {
        case 1: move(UInt8.self)
        case 4: move(UInt32.self)
        case 8: move(UInt64.self)
        case 16: moveUnaligned(SIMD4<UInt32>.self)
        case 32: moveUnaligned(SIMD8<UInt32>.self)
        case 64: moveUnaligned(SIMD16<UInt32>.self)
        default:
            for index in 0..<count {
                let position = Int(truncatingIfNeeded: positions[index])
                kc_copy_rows(
                    1, bytes, source + position * bytes, 0, target + index * bytes, 0)
            }
        }
    }
}
