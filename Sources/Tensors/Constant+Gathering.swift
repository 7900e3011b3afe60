import Foundations

extension Constant {
    /// Writes the stored elements of `rows` densely, as they are stored and without factors.
    func gather(rows: Range<Int>, into target: UnsafeMutableRawPointer) {
        let size = storedType.byteCount
        guard size > 0 else { return }
        precondition(isInside, "a constant shows elements that are not stored")
        guard let base = source.bytes.baseAddress else { return }
        let start = base + (offset + rows.lowerBound * (strides.first ?? 0)) * size
        let axes = gatheredAxes(rowCount: rows.count)
        switch size {
        case 1: Gathering<UInt8>(axes).run(from: start, to: target)
        case 2: Gathering<UInt16>(axes).run(from: start, to: target)
        case 4: Gathering<UInt32>(axes).run(from: start, to: target)
        default: Gathering<UInt64>(axes).run(from: start, to: target)
        }
    }

    /// Whether all elements of the view are stored ones.
    private var isInside: Bool {
        if shape.dims.contains(0) { return true }
        let spans = zip(shape.dims, strides).map { ($0 - 1) * $1 }
        let first = offset + spans.reduce(0) { $0 + min($1, 0) }
        let last = offset + spans.reduce(0) { $0 + max($1, 0) }
        return first >= 0 && last < source.bytes.count / storedType.byteCount
    }

    /// The axes of a part of the view, neighbours that run on in storage merged.
    private func gatheredAxes(rowCount: Int) -> [GatheredAxis] {
        var lengths = shape.dims
        if !lengths.isEmpty { lengths[0] = rowCount }
        var axes: [GatheredAxis] = []
        var targetStep = 1
        for axis in lengths.indices.reversed() where lengths[axis] != 1 {
            let length = lengths[axis]
            if let inner = axes.last, strides[axis] == inner.sourceStep * inner.length {
                axes[axes.count - 1].length *= length
            } else {
                axes.append(
                    GatheredAxis(
                        length: length, sourceStep: strides[axis], targetStep: targetStep))
            }
            targetStep *= length
        }
        return axes.reversed()
    }
}

/// One axis of a strided copy; steps count elements.
private struct GatheredAxis {
    var length: Int
    var sourceStep: Int
    var targetStep: Int
}

/// A strided copy of elements of one size into a dense array.
private struct Gathering<Element: FixedWidthInteger & SIMDScalar> {
    /// The axes that are walked one index at a time.
    private var outer: [GatheredAxis]
    /// The innermost axis of the target.
    private let inner: GatheredAxis
    /// The axis along which the source is dense, if it is not `inner`.
    private let sourceInner: GatheredAxis?

    init(_ axes: [GatheredAxis]) {
        outer = Array(axes.dropLast())
        let inner = axes.last ?? GatheredAxis(length: 1, sourceStep: 1, targetStep: 1)
        self.inner = inner
        if inner.sourceStep != 1, let axis = outer.firstIndex(where: { $0.sourceStep == 1 }) {
            sourceInner = outer.remove(at: axis)
        } else {
            sourceInner = nil
        }
    }

    func run(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
        guard inner.length > 0 else { return }
        walk(0, source, target)
    }

    private func walk(_ depth: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
        guard depth < outer.count else {
            if let sourceInner {
                transpose(source, target, rows: sourceInner)
            } else {
                copyRun(source, target)
            }
            return
        }
        let size = MemoryLayout<Element>.size
        let axis = outer[depth]
        for index in 0..<axis.length {
            walk(
                depth + 1, source + index * axis.sourceStep * size,
                target + index * axis.targetStep * size)
        }
    }

    /// Copies one run along the innermost axis.
    private func copyRun(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
        let size = MemoryLayout<Element>.size
        if inner.sourceStep == 1 {
            target.copyMemory(from: source, byteCount: inner.length * size)
            return
        }
        let out = target.assumingMemoryBound(to: Element.self)
        for index in 0..<inner.length {
            out[index] = (source + index * inner.sourceStep * size).loadUnaligned(as: Element.self)
        }
    }

    /// Columns and rows of the piece that `transpose` stages.
    private static var panel: (columns: Int, rows: Int) { (32, 64) }

    /// Copies a matrix whose columns lie densely in the source and whose rows lie densely in the target.
    ///
    /// Pieces of columns are first copied side by side: columns are often a power of two apart, so that they would share
    /// a few cache sets.
    private func transpose(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, rows: GatheredAxis
    ) {
        let size = MemoryLayout<Element>.size
        let panel = Self.panel
        withUnsafeTemporaryAllocation(
            of: Element.self, capacity: panel.columns * panel.rows
        ) { buffer in
            guard let staged = buffer.baseAddress else { return }
            for column in stride(from: 0, to: inner.length, by: panel.columns) {
                let columns = min(panel.columns, inner.length - column)
                for row in stride(from: 0, to: rows.length, by: panel.rows) {
                    let rowCount = min(panel.rows, rows.length - row)
                    for index in 0..<columns {
                        memcpy(
                            staged + index * panel.rows,
                            source + ((column + index) * inner.sourceStep + row) * size,
                            rowCount * size)
                    }
                    let out = target + (row * rows.targetStep + column) * size
                    Self.unstage(
                        staged, to: out.assumingMemoryBound(to: Element.self),
                        columns: columns, rows: rowCount, targetStep: rows.targetStep)
                }
            }
        }
    }

    /// Writes staged columns as rows, in blocks of 4×4 if they are whole.
    private static func unstage(
        _ staged: UnsafePointer<Element>, to target: UnsafeMutablePointer<Element>, columns: Int,
        rows: Int, targetStep: Int
    ) {
        let pitch = panel.rows
        let wholeRows = columns == panel.columns ? rows & ~3 : 0
        for row in stride(from: 0, to: wholeRows, by: 4) {
            for column in stride(from: 0, to: panel.columns, by: 4) {
                transposeBlock(
                    staged + column * pitch + row, pitch,
                    target + row * targetStep + column, targetStep)
            }
        }
        for row in wholeRows..<rows {
            for column in 0..<columns {
                target[row * targetStep + column] = staged[column * pitch + row]
            }
        }
    }

    @inline(__always)
    private static func transposeBlock(
        _ source: UnsafePointer<Element>, _ sourceStep: Int,
        _ target: UnsafeMutablePointer<Element>, _ targetStep: Int
    ) {
        typealias Four = SIMD4<Element>
        let raw = UnsafeRawPointer(source)
        let pitch = sourceStep * MemoryLayout<Element>.size
        let a = raw.loadUnaligned(as: Four.self)
        let b = (raw + pitch).loadUnaligned(as: Four.self)
        let c = (raw + 2 * pitch).loadUnaligned(as: Four.self)
        let d = (raw + 3 * pitch).loadUnaligned(as: Four.self)
        for lane in 0..<4 {
            UnsafeMutableRawPointer(target + lane * targetStep).storeBytes(
                of: Four(a[lane], b[lane], c[lane], d[lane]), as: Four.self)
        }
    }
}
