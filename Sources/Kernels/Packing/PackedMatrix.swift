import CKernels

/// A constant matrix `[depth, columns]` in the order the matrix product reads it.
///
/// Panels of some columns follow each other, each `[depth, width]`, the last one filled up with zeros. The memory is
/// aligned to 64 bytes and freed with the object.
package final class PackedMatrix: @unchecked Sendable {
    /// What reads the panels.
    package enum Use: Hashable, Sendable {
        /// Products with many rows at once.
        case rows
        /// Products with single rows, which read the whole matrix each.
        case vectors

        /// Columns of a panel.
        var width: Int {
            switch self {
            case .rows: kc_panel_width()
            case .vectors: kc_vector_panel_width()
            }
        }
    }

    package let depth: Int
    package let columns: Int
    package let use: Use
    let panels: UnsafeMutablePointer<Float>

    /// The number of panels.
    var panelCount: Int { (columns + use.width - 1) / use.width }

    /// How many panels another thread is worth for one row.
    var panelsWorthAThread: Int { 65536 / max(depth * use.width, 1) + 1 }

    /// Packs the matrix whose element `(k, j)` is `source[k·depthStride + j·columnStride]`.
    package convenience init(
        _ source: UnsafePointer<Float>, depth: Int, columns: Int, depthStride: Int,
        columnStride: Int, for use: Use = .rows
    ) {
        self.init(depth: depth, columns: columns, for: use) { first, count, panel in
            kc_pack_panel(
                source + first * columnStride, depth, depthStride, columnStride, count, use.width,
                panel)
        }
    }

    /// Packs a matrix whose panels `fill` writes: columns `first..<first + count`.
    convenience init(
        depth: Int, columns: Int, for use: Use = .rows,
        fill: (_ first: Int, _ count: Int, _ panel: UnsafeMutablePointer<Float>) -> Void
    ) {
        self.init(depth: depth, columns: columns, for: use)
        let width = use.width
        for first in stride(from: 0, to: columns, by: width) {
            fill(first, min(width, columns - first), panels + first * depth)
        }
    }

    /// A matrix whose panels are still to be written.
    init(depth: Int, columns: Int, for use: Use = .rows) {
        self.depth = depth
        self.columns = columns
        self.use = use
        let width = use.width
        let floats = max((columns + width - 1) / width * width * depth, 1)
        panels = UnsafeMutableRawPointer.allocate(
            byteCount: floats * MemoryLayout<Float>.stride, alignment: 64
        ).bindMemory(to: Float.self, capacity: floats)
    }

    deinit {
        UnsafeMutableRawPointer(panels).deallocate()
    }
}
