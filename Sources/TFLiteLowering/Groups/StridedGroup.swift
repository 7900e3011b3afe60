import GraphIR
import TFLiteFormat
import Tensors

extension Graph {
    /// Slices and reversals in a row, with axes of extent 1 dropped at the end, as one STRIDED_SLICE.
    ///
    ///     x ─ Reverse(1) ─ Slice ─ Reshape [N, C] ─ y        STRIDED_SLICE(x) = y
    ///
    /// Values between have no other use.
    func stridedGroup(_ node: Node) -> OperatorGroup? {
        var chain: [Node] = []
        var next: Node? = node
        if case .reshape = node.op {
            chain = [node]
            next = soleProducer(of: node.inputs[0])
        }
        while let moved = next, moved.isStrided {
            chain.append(moved)
            next = soleProducer(of: moved.inputs[0])
        }
        guard chain.count > 1, let first = chain.last, first.isStrided else { return nil }
        var view = StridedView(self[first.inputs[0]].shape)
        for node in chain.reversed() where node.isStrided { view.apply(node, in: self) }
        guard let dropped = view.dropped(for: self[node.output].shape) else { return nil }
        return OperatorGroup(
            members: chain.map(\.id), builtin: .stridedSlice,
            inputs: [
                .value(first.inputs[0]), .integers(view.begin, role: "begin"),
                .integers(view.end, role: "end"), .integers(view.steps, role: "strides"),
            ],
            outputs: [node.output],
            options: StridedSliceOptions(
                beginMask: 0, endMask: view.mask { view.runsToBorder($0) },
                shrinkAxisMask: view.mask { dropped.contains($0) }))
    }

    /// An element of an axis of free extent, without the axis, as STRIDED_SLICE.
    func boundedGroup(_ node: Node) -> OperatorGroup? {
        guard case .reshape = node.op, let source = soleProducer(of: node.inputs[0]),
            case .boundedSlice(let slice) = source.op
        else { return nil }
        let shape = self[source.output].shape
        let single = shape.dims.indices.filter {
            shape[$0] == 1 && slice.begin[$0] < 0 && self[source.inputs[0]].shape[$0] != 1
        }
        guard
            shape.dims.indices.filter({ !single.contains($0) }).map({ shape[$0] })
                == self[node.output].shape.dims
        else { return nil }
        func mask(_ holds: (Int) -> Bool) -> Int {
            shape.dims.indices.reduce(0) { holds($1) ? $0 | 1 << $1 : $0 }
        }
        let isOpen = { slice.end[$0] == BoundedSlice.open }
        return OperatorGroup(
            members: [source.id, node.id], builtin: .stridedSlice,
            inputs: [
                .value(source.inputs[0]), .integers(slice.begin, role: "begin"),
                .integers(slice.end.indices.map { isOpen($0) ? 0 : slice.end[$0] }, role: "end"),
                .integers(slice.strides, role: "strides"),
            ],
            outputs: [node.output],
            options: StridedSliceOptions(
                beginMask: 0, endMask: mask(isOpen), shrinkAxisMask: mask(single.contains)))
    }
}

extension Node {
    /// Whether the node takes elements at equal distances along each axis.
    fileprivate var isStrided: Bool {
        if case .slice = op { return true }
        if case .reverse = op { return true }
        return false
    }
}

/// Which elements of a value a chain of slices and reversals takes.
///
/// Along a reversed axis of free extent, begin and end count from its end, as negative numbers.
private struct StridedView {
    private(set) var begin: [Int]
    private(set) var steps: [Int]
    private let source: [Int]
    private var shape: [Int]
    private var fromEnd: Set<Int> = []
    /// Whether one operator can take these elements.
    private var isPossible = true

    init(_ shape: Shape) {
        source = shape.dims
        self.shape = shape.dims
        begin = shape.dims.map { _ in 0 }
        steps = shape.dims.map { _ in 1 }
    }

    /// Lets a node take elements of those taken so far.
    mutating func apply(_ node: Node, in graph: Graph) {
        if case .slice(let slice) = node.op {
            for axis in shape.indices {
                begin[axis] += slice.begin[axis] * steps[axis]
                steps[axis] *= slice.strides[axis]
            }
        } else if case .reverse(let reverse) = node.op {
            for axis in reverse.axes { turn(axis) }
        }
        shape = graph[node.output].shape.dims
    }

    private mutating func turn(_ axis: Int) {
        if shape[axis] == Shape.free {
            isPossible = isPossible && begin[axis] == 0 && steps[axis] == 1
            fromEnd.insert(axis)
            begin[axis] = -1
        } else {
            begin[axis] += (shape[axis] - 1) * steps[axis]
        }
        steps[axis] = -steps[axis]
    }

    /// The index behind the last one.
    var end: [Int] {
        shape.indices.map { axis in
            if isOpen(axis) { return 0 }
            let last = begin[axis] + (shape[axis] - 1) * steps[axis]
            return last + (steps[axis] > 0 ? 1 : -1)
        }
    }

    /// Whether the view goes on to the end of an axis, or to its front if it runs backwards.
    func runsToBorder(_ axis: Int) -> Bool {
        isOpen(axis) || end[axis] < 0 && !fromEnd.contains(axis)
    }

    private func isOpen(_ axis: Int) -> Bool { shape[axis] == Shape.free }

    /// The bits of axes for which a condition holds.
    func mask(_ holds: (Int) -> Bool) -> Int {
        shape.indices.reduce(0) { holds($1) ? $0 | 1 << $1 : $0 }
    }

    /// The axes of one index that a result of another shape lacks, of several choices one with axes that were longer; nil if the
    /// view does not have that shape.
    func dropped(for result: Shape) -> Set<Int>? {
        guard isPossible, !shape.contains(0), shape.count <= 8 else { return nil }
        let single = mask { shape[$0] == 1 && steps[$0] > 0 }
        let narrowed = mask { source[$0] != 1 }
        let choices = (0..<1 << shape.count).filter { choice in
            choice & ~single == 0
                && shape.indices.filter { choice >> $0 & 1 == 0 }.map { shape[$0] } == result.dims
        }
        return choices.max { ($0 & narrowed).nonzeroBitCount < ($1 & narrowed).nonzeroBitCount }
            .map { choice in Set(shape.indices.filter { choice >> $0 & 1 == 1 }) }
    }
}
