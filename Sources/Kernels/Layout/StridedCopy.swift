/// Copies an N-D block between two strided places; every layout move is one or more of these.
///
/// Strides and offsets count elements of `elementSize` bytes; source strides may be 0 (repeat) or
/// negative (reverse). Dimensions that both sides walk alike are joined first.
struct StridedCopy {
    private(set) var extents: [Int] = []
    private(set) var sourceStrides: [Int] = []
    private(set) var targetStrides: [Int] = []
    let elementSize: Int

    init(extents: [Int], sourceStrides: [Int], targetStrides: [Int], elementSize: Int) {
        self.elementSize = elementSize
        for axis in extents.indices where extents[axis] != 1 {
            let (extent, source) = (extents[axis], sourceStrides[axis])
            let target = targetStrides[axis]
            if let last = self.extents.indices.last, self.sourceStrides[last] == source * extent,
                self.targetStrides[last] == target * extent
            {
                self.extents[last] *= extent
                self.sourceStrides[last] = source
                self.targetStrides[last] = target
            } else {
                self.extents.append(extent)
                self.sourceStrides.append(source)
                self.targetStrides.append(target)
            }
        }
    }

    /// Runs the copy; the pointers are those of the block's first element on either side.
    func run(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
        guard !extents.contains(where: { $0 <= 0 }) else { return }
        copy(axis: 0, source, target)
    }

    private func copy(
        axis: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
    ) {
        let left = extents.count - axis
        if left == 0 {
            target.copyMemory(from: source, byteCount: elementSize)
            return
        }
        if left == 1 { return copyRun(axis, source, target) }
        if left == 2, copyTransposed(axis, source, target) { return }
        let sourceStep = sourceStrides[axis] * elementSize
        let targetStep = targetStrides[axis] * elementSize
        for index in 0..<extents[axis] {
            copy(axis: axis + 1, source + index * sourceStep, target + index * targetStep)
        }
    }

    /// Copies the innermost dimension.
    private func copyRun(
        _ axis: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
    ) {
        let (count, from, to) = (extents[axis], sourceStrides[axis], targetStrides[axis])
        if from == 1, to == 1 {
            target.copyMemory(from: source, byteCount: count * elementSize)
            return
        }
        func move<Element: BitwiseCopyable>(_: Element.Type) {
            let source = source.assumingMemoryBound(to: Element.self)
            let target = target.assumingMemoryBound(to: Element.self)
            for index in 0..<count { target[index * to] = source[index * from] }
        }
        switch elementSize {
        case 1: move(UInt8.self)
        case 2: move(UInt16.self)
        case 4: move(UInt32.self)
        case 8: move(UInt64.self)
        default:
            for index in 0..<count {
                (target + index * to * elementSize).copyMemory(
                    from: source + index * from * elementSize, byteCount: elementSize)
            }
        }
    }

    /// Copies the two innermost dimensions where they swap places; false where they do not.
    private func copyTransposed(
        _ axis: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
    ) -> Bool {
        guard sourceStrides[axis] == 1, targetStrides[axis + 1] == 1, sourceStrides[axis + 1] > 1,
            targetStrides[axis] >= extents[axis + 1]
        else { return false }
        let (columns, rows) = (extents[axis], extents[axis + 1])
        switch elementSize {
        case 1, 2, 4, 8:
            MatrixTranspose.run(
                elementSize: elementSize, rows: rows, columns: columns, from: source,
                rowStride: sourceStrides[axis + 1], to: target, targetRowStride: targetStrides[axis]
            )
            return true
        default: return false
        }
    }
}
