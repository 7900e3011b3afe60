import GraphIR
import Tensors

/// Crops rows and columns of zeros from the border of a filter.
///
///     before   x ─ Conv2D(5×5, zero outside of the 3×3 in the middle, same) ─ y
///     after    x ─ Conv2D(3×3, same) ─ y
///
///     before   x ─ Conv2D(3×3, only its middle not zero, valid) ─ y
///     after    x ─ Slice ─ Conv2D(1×1) ─ y
///
/// What the border read or padded goes with it. If that takes an operation of its own, the cost model has to predict less time.
/// Requires known extents unless padding stays SAME. Exact for finite inputs.
package struct CropKernels: Pass {
    package let name = "crop-kernels"
    package let summary = "Crops rows and columns of zeros from the borders of filters."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let window = node.op.payload.slidingWindow, let linear = LinearNode(node, in: graph),
            graph[node.inputs[1]].storage == .expressed
        else { return .none }
        let kernel = KernelElements(constant: linear.filter)
        guard let rows = kept(kernel.height, where: { kernel.isZero(rows: $0) }),
            let columns = kept(kernel.width, where: { kernel.isZero(columns: $0) }),
            rows.count < kernel.height || columns.count < kernel.width
        else { return .none }
        let x = graph[node.inputs[0]].type
        let (dilations, strides) = (window.dilations, window.strides)
        let output = graph[node.output].shape
        guard
            let vertical = CroppedAxis(
                x.shape[1], output[1], kernel.height, rows, strides.height, dilations.height,
                window.padding),
            let horizontal = CroppedAxis(
                x.shape[2], output[2], kernel.width, columns, strides.width, dilations.width,
                window.padding)
        else { return .refused("the extents of its input are not known") }
        let filter = linear.filter.sliced(rows, axis: 1).sliced(columns, axis: 2)
        let axes = [vertical, horizontal]
        let isSame = axes.allSatisfy(\.isSame)
        guard isSame || !axes.contains(where: \.isFree) else {
            return .refused("the extents of its input are not known")
        }
        let op = window.padded(isSame ? .same : .valid)
        let edges = isSame ? [] : axes.edges(of: x.shape)
        let constants = [filter.type] + node.inputs.dropFirst(2).map { graph[$0].type }
        let isCheaper = try graph.predictsLess(
            edges.map { ($0, []) } + [(op, constants)], than: node, by: context.cost)
        guard edges.isEmpty || isCheaper else {
            return .refused("what cuts its input is predicted to take longer")
        }
        return try .replacing(node, in: graph) { patch in
            let input = try edges.reduce(node.inputs[0]) {
                try patch.add($1, [$0])
            }
            let weights = patch.constant(filter, inPlaceOf: node.inputs[1])
            return try patch.add(op, [input, weights] + node.inputs.dropFirst(2))
        }
    }

    /// The indices from the first to the last that are not zero; nil if all are.
    private func kept(_ count: Int, where isZero: (Range<Int>) -> Bool) -> Range<Int>? {
        guard count > 1 else { return 0..<count }
        guard let first = (0..<count).first(where: { !isZero($0..<$0 + 1) }),
            let last = (0..<count).last(where: { !isZero($0..<$0 + 1) })
        else { return nil }
        return first..<last + 1
    }
}

/// What becomes of the padding along one axis if a filter loses part of its reach.
private struct CroppedAxis {
    /// Zeros before and after the elements; negative for elements that no window reads.
    private(set) var before = 0
    private(set) var after = 0
    /// Whether SAME padding of the smaller filter is that.
    private(set) var isSame = false
    /// Whether the extent is free, so that only SAME padding fits.
    private(set) var isFree = false

    /// - Parameters:
    ///   - extent: of the input, or free.
    ///   - kept: the taps that stay.
    init?(
        _ extent: Int, _ positions: Int, _ taps: Int, _ kept: Range<Int>, _ stride: Int,
        _ dilation: Int, _ padding: Padding
    ) {
        let (cutBefore, cutAfter) = (
            kept.lowerBound * dilation, (taps - kept.upperBound) * dilation
        )
        let reach = (kept.count - 1) * dilation + 1
        guard extent != Shape.free, positions != Shape.free else {
            guard padding == .same, stride == 1, cutBefore == cutAfter else { return nil }
            (isSame, isFree) = (true, true)
            return
        }
        before = padding.amounts(extent, window: taps, stride: stride, dilation: dilation).before
        before -= cutBefore
        after = (positions - 1) * stride + reach - before - extent
        // Elements behind the last window are in no one's way unless another window fits.
        if after < 0, after > -stride { after = 0 }
        let same = Padding.same.amounts(
            extent, window: kept.count, stride: stride, dilation: dilation)
        isSame =
            same == (before, max(after, 0)) && after >= 0 && before >= 0
            && Padding.same.outputSize(
                extent, window: kept.count, stride: stride, dilation: dilation) == positions
    }
}

extension [CroppedAxis] {
    /// Operations that give `[N, H, W, C]` the borders of both spatial axes.
    fileprivate func edges(of shape: Shape) -> [Op] {
        var (ops, begin, sizes) = (
            [Op](), [0, 0, 0, 0], shape.dims.map { $0 == Shape.free ? -1 : $0 }
        )
        for (axis, edge) in zip([1, 2], self) {
            begin[axis] = Swift.max(-edge.before, 0)
            sizes[axis] -= begin[axis] + Swift.max(-edge.after, 0)
        }
        if contains(where: { $0.before < 0 || $0.after < 0 }) {
            ops.append(Slice(begin: begin, sizes: sizes).op)
        }
        let amounts = map { PadAmount(Swift.max($0.before, 0), Swift.max($0.after, 0)) }
        if amounts.contains(where: { $0 != .none }) {
            ops.append(Pad([.none] + amounts + [.none]).op)
        }
        return ops
    }
}
