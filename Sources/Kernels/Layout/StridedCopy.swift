import CKernels

/// Copies an N-D block between two strided places; every layout move is one or more of these.
///
/// Source strides may be 0 (repeat) or negative (reverse). Dimensions that both sides walk alike are joined first.
package struct StridedCopy: Sendable {
    /// A dimension and the bytes between neighbours along it.
    private struct Axis: Sendable {
        var extent: Int
        var source: Int
        var target: Int
    }

    private var axes: [Axis] = []
    private let elementSize: Int
    /// Bytes from the given places to the first element.
    private let sourceOffset: Int
    private let targetOffset: Int

    /// Strides and offsets count elements of `elementSize` bytes.
    init(
        extents: [Int], sourceStrides: [Int], targetStrides: [Int], elementSize: Int,
        sourceOffset: Int = 0, targetOffset: Int = 0
    ) {
        self.elementSize = elementSize
        self.sourceOffset = sourceOffset * elementSize
        self.targetOffset = targetOffset * elementSize
        for index in extents.indices where extents[index] != 1 {
            let axis = Axis(
                extent: extents[index], source: sourceStrides[index] * elementSize,
                target: targetStrides[index] * elementSize)
            if let last = axes.last, last.source == axis.source * axis.extent,
                last.target == axis.target * axis.extent
            {
                axes.removeLast()
                axes.append(
                    Axis(
                        extent: last.extent * axis.extent, source: axis.source, target: axis.target)
                )
            } else {
                axes.append(axis)
            }
        }
        bringTogether()
    }

    /// Changes the order of the outer dimensions, which is free, for long innermost loops.
    ///
    /// The one that is in one piece in the source comes beside the last one, so that the two are transposed. If
    /// the last one is in one piece in both places, a long one comes beside it.
    private mutating func bringTogether() {
        guard axes.count > 2, let last = axes.last, last.target == elementSize else { return }
        let neighbour = axes.count - 2
        var index = axes.dropLast().firstIndex { $0.source == elementSize }
        if last.source == elementSize {
            let isShort = axes[neighbour].extent < Self.longLoop
            index =
                isShort ? axes[..<neighbour].lastIndex { $0.extent >= Self.longLoop } : nil
        }
        guard let index, index < neighbour else { return }
        axes.insert(axes.remove(at: index), at: neighbour)
    }

    private static let longLoop = 8

    /// Runs the copy.
    package func run(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
        axes.withUnsafeBufferPointer { axes in
            guard axes.allSatisfy({ $0.extent > 0 }) else { return }
            copy(axes[...], source + sourceOffset, target + targetOffset)
        }
    }

    private func copy(
        _ axes: Slice<UnsafeBufferPointer<Axis>>, _ source: UnsafeRawPointer,
        _ target: UnsafeMutableRawPointer
    ) {
        guard let axis = axes.first else {
            return target.copyMemory(from: source, byteCount: elementSize)
        }
        let rest = axes.dropFirst()
        if rest.isEmpty {
            return copyRows(Axis(extent: 1, source: 0, target: 0), axis, source, target)
        }
        if rest.count == 1, let last = rest.first {
            let one = Axis(extent: 1, source: 0, target: 0)
            if copyTransposed(one, axis, last, source, target) { return }
            return copyRows(axis, last, source, target)
        }
        if rest.count == 2, let middle = rest.first, let last = rest.last,
            copyTransposed(axis, middle, last, source, target)
        {
            return
        }
        for index in 0..<axis.extent {
            copy(rest, source + index * axis.source, target + index * axis.target)
        }
    }

    /// Copies the two innermost dimensions.
    private func copyRows(
        _ axis: Axis, _ last: Axis, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
    ) {
        if last.source == elementSize, last.target == elementSize {
            kc_copy_rows(
                axis.extent, last.extent * elementSize, source, axis.source, target, axis.target)
        } else if MatrixTranspose.takes(elementSize) {
            kc_copy_elements(
                elementSize, axis.extent, last.extent, source, axis.source / elementSize,
                last.source / elementSize, target, axis.target / elementSize,
                last.target / elementSize)
        } else {
            for index in 0..<axis.extent {
                kc_copy_rows(
                    last.extent, elementSize, source + index * axis.source, last.source,
                    target + index * axis.target, last.target)
            }
        }
    }

    /// Copies the innermost dimensions if the last two swap places; false if they do not.
    private func copyTransposed(
        _ planes: Axis, _ axis: Axis, _ last: Axis, _ source: UnsafeRawPointer,
        _ target: UnsafeMutableRawPointer
    ) -> Bool {
        guard axis.source == elementSize, last.target == elementSize, last.source > elementSize,
            axis.target >= last.extent * elementSize, MatrixTranspose.takes(elementSize)
        else { return false }
        MatrixTranspose.run(
            elementSize: elementSize, rows: last.extent, columns: axis.extent, from: source,
            rowStride: last.source / elementSize, to: target,
            targetRowStride: axis.target / elementSize, planes: planes.extent,
            planeStride: planes.source / elementSize, targetPlaneStride: planes.target / elementSize
        )
        return true
    }
}
