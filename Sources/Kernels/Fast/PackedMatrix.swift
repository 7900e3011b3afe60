import CKernels

/// A constant matrix `[depth, columns]` in the order the matrix product reads it.
///
/// Panels of `kernels_panel_width()` columns follow each other, each `[depth, width]`, the last one
/// filled up with zeros. The memory is aligned to 64 bytes and freed with the object.
package final class PackedMatrix: @unchecked Sendable {
    package let depth: Int
    package let columns: Int
    let panels: UnsafeMutablePointer<Float>

    /// Packs the matrix whose element `(k, j)` is `source[k·depthStride + j·columnStride]`.
    package convenience init(
        _ source: UnsafePointer<Float>, depth: Int, columns: Int, depthStride: Int,
        columnStride: Int
    ) {
        self.init(depth: depth, columns: columns) { first, count, panel in
            kernels_pack_panel(
                source + first * columnStride, depth, depthStride, columnStride, count, panel)
        }
    }

    /// Packs a matrix whose panels `fill` writes: columns `first..<first + count`.
    convenience init(
        depth: Int, columns: Int,
        fill: (_ first: Int, _ count: Int, _ panel: UnsafeMutablePointer<Float>) -> Void
    ) {
        self.init(depth: depth, columns: columns)
        let width = kernels_panel_width()
        for first in stride(from: 0, to: columns, by: width) {
            fill(first, min(width, columns - first), panels + first * depth)
        }
    }

    /// A matrix whose panels are still to be written.
    init(depth: Int, columns: Int) {
        self.depth = depth
        self.columns = columns
        let width = kernels_panel_width()
        let floats = max((columns + width - 1) / width * width * depth, 1)
        panels = UnsafeMutableRawPointer.allocate(
            byteCount: floats * MemoryLayout<Float>.stride, alignment: 64
        ).bindMemory(to: Float.self, capacity: floats)
    }

    deinit {
        UnsafeMutableRawPointer(panels).deallocate()
    }
}
