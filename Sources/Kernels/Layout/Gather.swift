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
        var target = output
        for row in 0..<batch * outer {
            let source = input + row * extent * bytes
            let list = indices + row / max(outer, 1) * picks
            for pick in 0..<picks {
                guard let index = Int(exactly: list[pick]), (0..<extent).contains(index) else {
                    return false
                }
                target.copyMemory(from: source + index * bytes, byteCount: bytes)
                target += bytes
            }
        }
        return true
    }
}
