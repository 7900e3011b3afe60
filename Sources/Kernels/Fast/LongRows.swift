extension BroadcastLoop {
    /// Calls `body` with a loop of the same pairs whose rows are long, and with its operands.
    ///
    /// If an operand repeats along short innermost axes, a copy of it with the repetitions takes its place.
    func withLongRows(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ body: (BroadcastLoop, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
    ) {
        guard extents.count > 2, extents.suffix(2).reduce(1, *) < Self.longRow else {
            return body(self, a, b)
        }
        let first = firstAxisOfLongRow
        let copies = (0..<2).map { RepeatedOperand(self, $0, from: first) }
        let capacity = copies.reduce(0) { $0 + $1.copiedCount }
        guard capacity * 4 <= count else { return body(self, a, b) }
        let loop = BroadcastLoop(
            shape: shape, extents: extents[..<first] + [extents[first...].reduce(1, *)],
            strides: copies.map(\.strides))
        withUnsafeTemporaryAllocation(of: Float.self, capacity: max(capacity, 1)) {
            guard let memory = $0.baseAddress else { return }
            body(loop, copies[0].fill(memory, a), copies[1].fill(memory + copies[0].copiedCount, b))
        }
    }

    private static let longRow = 512

    /// The first of the innermost axes that together have a long row, or that are all but the outermost.
    private var firstAxisOfLongRow: Int {
        var axis = extents.count - 1
        var length = runLength
        while axis > 1, length < Self.longRow {
            axis -= 1
            length *= extents[axis]
        }
        return axis
    }
}

/// An operand of a broadcast in which the axes from some axis on are one row.
private struct RepeatedOperand {
    /// The elements of the copy; 0 if the operand has such rows already.
    let copiedCount: Int
    /// The strides of the outer axes and of the row.
    let strides: [Int]
    private let copy: StridedCopy

    init(_ loop: BroadcastLoop, _ operand: Int, from first: Int) {
        let given = loop.strides[operand]
        let row = loop.extents[first...].reduce(1, *)
        var (dense, isDense) = (1, true)
        for axis in (first..<loop.extents.count).reversed() {
            isDense = isDense && given[axis] == dense
            dense *= loop.extents[axis]
        }
        let kept = (0..<first).filter { given[$0] != 0 }
        var (strides, stride) = (given[..<first] + [1], row)
        for axis in kept.reversed() where !isDense {
            strides[axis] = stride
            stride *= loop.extents[axis]
        }
        self.strides = Array(strides)
        copiedCount = isDense ? 0 : stride
        let axes = kept + (first..<loop.extents.count)
        let extents = axes.map { loop.extents[$0] }
        copy = StridedCopy(
            extents: extents, sourceStrides: axes.map { given[$0] },
            targetStrides: extents.indices.map { extents[($0 + 1)...].reduce(1, *) },
            elementSize: MemoryLayout<Float>.size)
    }

    /// The operand in the form that `strides` describe.
    func fill(
        _ memory: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>
    ) -> UnsafePointer<Float> {
        guard copiedCount > 0 else { return source }
        copy.run(from: source, to: memory)
        return UnsafePointer(memory)
    }
}
